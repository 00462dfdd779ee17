import type { MediaLimits } from '../definition/define-integration.ts';

interface KnownFile {
  contentType: string;
  bytes: number;
  width: number;
  height: number;
}

/** What of a file is outside of what the provider takes, and what it takes. */
export function findMediaFault(file: KnownFile, limits: MediaLimits): string | undefined {
  const {
    contentTypes,
    maxBytes = Infinity,
    minSide = 0,
    maxSide = Infinity,
    minRatio = 0,
    maxRatio = Infinity,
  } = limits;
  const { contentType, bytes, width, height } = file;
  const is = `The provider does not take a file of ${contentType}, ${bytes} bytes, ${width} × ${height} pixels:`;
  if (contentTypes && !contentTypes.includes(contentType)) return `${is} it has to be ${contentTypes.join(', ')}.`;
  if (bytes > maxBytes) return `${is} it may have ${maxBytes} bytes.`;
  if (Math.min(width, height) < minSide) return `${is} each side has to have ${minSide} pixels.`;
  if (Math.max(width, height) > maxSide) return `${is} no side may have more than ${maxSide} pixels.`;
  const ratio = width / height;
  if (ratio < minRatio || ratio > maxRatio)
    return `${is} its width divided by its height has to be between ${minRatio} and ${maxRatio}.`;
  return undefined;
}

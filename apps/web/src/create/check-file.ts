import type { SessionState } from '@darkroom/client';

/** What an upload may be. The server says the same after it has read the bytes; here it is said before they are sent. */
export interface FileLimits {
  contentTypes: readonly string[];
  maxBytes: number;
  /** Width times height; images. */
  maxPixels: number;
  minSide?: number | undefined;
  maxSide?: number | undefined;
  /** Width divided by height. */
  minRatio?: number | undefined;
  maxRatio?: number | undefined;
}

/** Some of the limits. */
export type SomeLimits = { [Name in keyof FileLimits]?: FileLimits[Name] | undefined };

/** What the server takes at most, as the session says it. */
export type UploadLimits = SessionState['uploads'];

/** The server stores it as the MP4 that it is. */
const mp4OfApple = 'video/x-m4v';

const everyImage = { contentTypes: ['image/png', 'image/jpeg', 'image/webp'], maxPixels: 64_000_000 };
const everyVideo = { contentTypes: ['video/mp4', mp4OfApple, 'video/quicktime'], maxPixels: Infinity };

/**
 * What holds for a file of a field: what every upload may be, and what the operation takes of that. As long as it is not known how large an upload
 * may be, the server judges.
 */
export function limitsFor(
  { media, limits }: { media: 'image' | 'video'; limits: SomeLimits },
  uploads: UploadLimits | undefined,
): FileLimits {
  const general = media === 'video' ? everyVideo : everyImage;
  const mostBytes = media === 'video' ? uploads?.maxVideoBytes : uploads?.maxImageBytes;
  const taken = limits.contentTypes ?? general.contentTypes;
  return {
    ...limits,
    contentTypes: general.contentTypes.filter((type) => taken.includes(type === mp4OfApple ? 'video/mp4' : type)),
    maxBytes: Math.min(mostBytes ?? Infinity, limits.maxBytes ?? Infinity),
    maxPixels: Math.min(general.maxPixels, limits.maxPixels ?? Infinity),
  };
}

/** What is known of a file before it is sent; without its size in pixels, where a browser could not open it. */
export interface FileFacts {
  contentType: string;
  bytes: number;
  size: { width: number; height: number } | undefined;
}

export type FileFault =
  | { code: 'file_type'; allowed: readonly string[] }
  | { code: 'file_empty' }
  | { code: 'file_too_large'; bytes: number; maxBytes: number }
  | { code: 'file_unreadable' }
  | { code: 'file_pixels'; width: number; height: number; maxPixels: number }
  | { code: 'file_side'; width: number; height: number; minSide: number; maxSide: number | undefined }
  | { code: 'file_ratio'; width: number; height: number }
  | { code: 'upload_refused'; message: string }
  | { code: 'upload_failed' };

/** Why a file would be refused that was not opened yet, or undefined where nothing speaks against it so far. */
export function checkBytes(
  { contentType, bytes }: Pick<FileFacts, 'contentType' | 'bytes'>,
  limits: FileLimits,
): FileFault | undefined {
  if (!limits.contentTypes.includes(contentType)) return { code: 'file_type', allowed: limits.contentTypes };
  if (bytes === 0) return { code: 'file_empty' };
  return bytes > limits.maxBytes ? { code: 'file_too_large', bytes, maxBytes: limits.maxBytes } : undefined;
}

/**
 * Why a file would be refused, or undefined where nothing speaks against it. A browser opens every image that is taken, but not every video: of one
 * that it does not open, the server judges.
 */
export function checkFile({ contentType, bytes, size }: FileFacts, limits: FileLimits): FileFault | undefined {
  const fault = checkBytes({ contentType, bytes }, limits);
  if (fault !== undefined) return fault;
  if (size === undefined) return contentType.startsWith('video/') ? undefined : { code: 'file_unreadable' };
  const { width, height } = size;
  if (width * height > limits.maxPixels) return { code: 'file_pixels', width, height, maxPixels: limits.maxPixels };
  const { minSide = 1, maxSide, minRatio = 0, maxRatio = Infinity } = limits;
  if (Math.min(width, height) < minSide || Math.max(width, height) > (maxSide ?? Infinity))
    return { code: 'file_side', width, height, minSide, maxSide };
  const ratio = width / height;
  return ratio < minRatio || ratio > maxRatio ? { code: 'file_ratio', width, height } : undefined;
}

import type { OfferedSize } from './offered-sizes.ts';
import { type MappedPart, mergeParts } from './request-mapping.ts';

/** Any size within bounds, as `1280x720`. */
export interface PixelBounds {
  field: string;
  fewestPixels: number;
  mostPixels: number;
  /** The longer side divided by the shorter. */
  mostElongated: number;
}

/** Which sizes an operation makes. */
export type SizeRule = readonly OfferedSize[] | PixelBounds;

interface AskedSize {
  width: number;
  height: number;
  /** The fields of the request that say so. */
  fields: { width: string; height: string };
}

/**
 * The nearest size that is offered: the nearest shape first, then the nearest area. Made together with one of the given parts, the first with which it comes as near as
 * with any; the answer holds that part too.
 */
export function mapSize(asked: AskedSize, rule: SizeRule, parts: readonly MappedPart[] = [{}]): MappedPart {
  const [part = {}] = parts;
  const chosen = isBounds(rule) ? { size: sizeWithin(asked, rule), part } : nearestOf(asked, rule, parts);
  const { size } = chosen;
  const fields = new Set([
    ...(size.isApproximate || size.width !== asked.width ? [asked.fields.width] : []),
    ...(size.isApproximate || size.height !== asked.height ? [asked.fields.height] : []),
  ]);
  const reason = reasonOf(size);
  return mergeParts([chosen.part, { input: size.input, notHonoured: [...fields].map((field) => ({ field, reason })) }]);
}

function isBounds(rule: SizeRule): rule is PixelBounds {
  return 'fewestPixels' in rule;
}

function reasonOf({ width, height, input, isApproximate }: OfferedSize): string {
  if (!isApproximate) return `It is made ${width}x${height}, the nearest size that is offered.`;
  const words = Object.entries(input).map(([name, value]) => `${name} ${String(value)}`);
  return `It is asked for as ${words.join(', ')}, the nearest that is offered; the provider decides on the pixels.`;
}

function nearestOf(
  asked: AskedSize,
  sizes: readonly OfferedSize[],
  parts: readonly MappedPart[],
): { size: OfferedSize; part: MappedPart } {
  const isOffered = ({ width, height, onlyIfAsked, onlyWith = {} }: OfferedSize, { input = {} }: MappedPart) =>
    (!onlyIfAsked || (width === asked.width && height === asked.height)) &&
    Object.entries(onlyWith).every(([name, value]) => input[name] === value);
  const [nearest] = parts
    .flatMap((part) => sizes.filter((size) => isOffered(size, part)).map((size) => ({ size, part })))
    .map((candidate) => ({ ...candidate, ...distancesBetween(asked, candidate.size) }))
    .toSorted((one, other) => one.shape - other.shape || one.area - other.area);
  if (nearest === undefined) throw new Error('The table of sizes offers none: give it one without conditions.');
  return nearest;
}

/** How many times as elongated, and how many times as large, without the last digits, so that 16:9 and 9:16 are as far from 1:1. */
function distancesBetween({ width, height }: AskedSize, size: OfferedSize): { shape: number; area: number } {
  const ratio = size.ratio ?? size.width / size.height;
  const distance = (factor: number) => Math.round(Math.abs(Math.log(factor)) * 1e9);
  return { shape: distance(width / height / ratio), area: distance((width * height) / (size.width * size.height)) };
}

/** The same shape, as far as it is allowed, with as many pixels as are nearest. */
function sizeWithin({ width, height }: AskedSize, bounds: PixelBounds): OfferedSize {
  const { field, fewestPixels, mostPixels, mostElongated } = bounds;
  const longer = Math.max(width, height);
  const shorter = Math.max(Math.min(width, height), longer / mostElongated);
  const pixels = longer * shorter;
  const scale = Math.sqrt(Math.min(Math.max(pixels, fewestPixels), mostPixels) / pixels);
  const round = scale < 1 ? Math.floor : Math.ceil;
  const short = round(shorter * scale);
  const long = Math.min(round(longer * scale), short * mostElongated);
  const size = width >= height ? { width: long, height: short } : { width: short, height: long };
  return { ...size, input: { [field]: `${size.width}x${size.height}` } };
}

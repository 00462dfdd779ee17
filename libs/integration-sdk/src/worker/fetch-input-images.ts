import type { CallWork } from './call-work.ts';
import type { InputImage } from './call-handler.ts';
import { checkImage } from './check-image.ts';
import { pause } from './pause.ts';

const maxBytes = 30 * 1024 * 1024;
// In base64 and JSON these are a third more, and one text has to hold them.
const maxTotalBytes = 60 * 1024 * 1024;
const timeoutMs = 60_000;
const waitsBetweenTriesMs = [1_000, 4_000];

export type InputImages = { kind: 'fetched'; images: InputImage[] } | { kind: 'unusable'; reason: string };

/** Fetches the images that the input names, at most 30 MB each and 60 MB together. What is wrong with one is said with its path in the input. */
export async function fetchInputImages(work: CallWork, input: Record<string, unknown>): Promise<InputImages> {
  const images: InputImage[] = [];
  let totalBytes = 0;
  for (const { field, path, url } of namedImages(Object.keys(work.operation.mediaFields), input)) {
    const fetched = await fetchImage(work, url);
    if (fetched.kind === 'unusable') return { kind: 'unusable', reason: `${path}: ${fetched.reason}` };
    totalBytes += fetched.bytes.byteLength;
    if (totalBytes > maxTotalBytes)
      return {
        kind: 'unusable',
        reason: `${path}: With this image they are larger than ${maxTotalBytes} bytes together.`,
      };
    images.push({ field, contentType: fetched.contentType, bytes: fetched.bytes });
  }
  return { kind: 'fetched', images };
}

function namedImages(
  fields: readonly string[],
  input: Record<string, unknown>,
): { field: string; path: string; url: string }[] {
  return fields.flatMap((field) => {
    const value = input[field];
    if (typeof value === 'string') return [{ field, path: `/input/${field}`, url: value }];
    if (!Array.isArray(value)) return [];
    return value.map((url, index) => ({ field, path: `/input/${field}/${index}`, url: String(url) }));
  });
}

type FetchedImage = { kind: 'image'; contentType: string; bytes: Uint8Array } | { kind: 'unusable'; reason: string };

async function fetchImage({ context }: CallWork, url: string): Promise<FetchedImage> {
  for (let tries = 0; ; tries += 1) {
    const download = await context.guardedHttp.download(url, { maxBytes, timeoutMs });
    if (download.kind === 'downloaded') {
      const check = await context.heavyWork.run(() => checkImage(download.bytes));
      if (check.kind === 'no_image') return { kind: 'unusable', reason: check.reason };
      return { kind: 'image', contentType: check.facts.contentType, bytes: download.bytes };
    }
    const waitMs = waitsBetweenTriesMs[tries];
    if (download.kind !== 'unavailable' || waitMs === undefined) return { kind: 'unusable', reason: download.reason };
    await pause(waitMs);
  }
}

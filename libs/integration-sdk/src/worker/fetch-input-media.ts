import { type MediaReference, mediaReferenceSchema, uploadKey } from '@darkroom/contract';
import type { MediaField } from '../definition/define-integration.ts';
import type { InputImage, MediaUrl } from './call-handler.ts';
import type { CallWork } from './call-work.ts';
import { checkResult } from './check-result.ts';
import { messageOf } from './error-message.ts';
import { findMediaFault } from './find-media-fault.ts';
import { pause } from './pause.ts';

const mebibyte = 1024 * 1024;
const maxBytes: Record<MediaField['kind'], number> = { image: 30 * mebibyte, video: 45 * mebibyte };
// In base64 these are a third more: within the 64 MB that the most generous provider (Ark) takes as a request, whose server may end the
// connection of a larger one, and nobody would know whether it was taken.
const maxTotalBytes = 45 * mebibyte;
const timeoutMs = 60_000;
const waitsBetweenTriesMs = [1_000, 4_000];
/** A provider that was slow may still fetch right at the call's deadline. */
const graceOfLinksMs = 3_600_000;

/** `storage_away`: an upload or an artifact could not be read now. */
export type InputMedia =
  | { kind: 'ready'; images: InputImage[]; mediaUrls: MediaUrl[] }
  | { kind: 'unusable'; reason: string }
  | { kind: 'storage_away'; reason: string };

type Failed = Exclude<InputMedia, { kind: 'ready' }>;

/** A file that the input names. */
interface NamedFile extends MediaField {
  field: string;
  path: string;
  value: unknown;
}

/**
 * Makes the files that the input names ready for the provider, as the operation declares: their bytes, at most 30 MB for an image and 45 MB together,
 * or addresses. What is wrong with one is said with its path in the input. Users' addresses that the provider fetches are
 * handed on as they are: `main` has looked at them, and it is not this machine that follows them.
 */
export async function fetchInputMedia(work: CallWork, input: Record<string, unknown>): Promise<InputMedia> {
  const images: InputImage[] = [];
  const mediaUrls: MediaUrl[] = [];
  let totalBytes = 0;
  for (const { value, ...named } of namedFiles(work.operation.mediaFields, input)) {
    const { field, path } = named;
    const reference = mediaReferenceSchema.safeParse(value);
    if (!reference.success) return unusable(path, reference.error.issues.map(({ message }) => message).join('; '));
    const file = { ...named, reference: reference.data };
    if (file.sentAs === 'url') {
      const url = addressOf(work, file.reference);
      if (url === undefined) return unusable(path, noAddress);
      mediaUrls.push({ field, url });
      continue;
    }
    const fetched = await fetchFile(work, file);
    if ('kind' in fetched) return { ...fetched, reason: `${path}: ${fetched.reason}` };
    totalBytes += fetched.bytes.byteLength;
    if (totalBytes > maxTotalBytes)
      return unusable(path, `With this file they are larger than ${maxTotalBytes} bytes together.`);
    images.push({ field, ...fetched });
  }
  return { kind: 'ready', images, mediaUrls };
}

function namedFiles(fields: Readonly<Record<string, MediaField>>, input: Record<string, unknown>): NamedFile[] {
  return Object.entries(fields).flatMap(([field, how]) => {
    const value = input[field];
    if (value === undefined || value === null) return [];
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.map((entry, index) => ({
      ...how,
      field,
      path: Array.isArray(value) ? `/input/${field}/${index}` : `/input/${field}`,
      value: entry,
    }));
  });
}

const noAddress =
  'This provider fetches the file by itself, and it cannot reach this deployment. Set PUBLIC_BASE_URL to an address that is reachable from the internet, or name a public URL instead of a file that is stored here.';

function addressOf({ context, call }: CallWork, reference: MediaReference): string | undefined {
  if (typeof reference === 'string') return reference;
  const expiresAt = new Date(context.now().getTime() + call.limits.deadlineSeconds * 1000 + graceOfLinksMs);
  const mediaId = 'uploadId' in reference ? reference.uploadId : reference.artifactId;
  return context.links.mediaUrl({ accountId: call.accountId, mediaId, expiresAt });
}

type FetchedFile = { contentType: string; bytes: Uint8Array };

async function fetchFile(
  work: CallWork,
  { kind, limits = {}, reference }: Pick<MediaField, 'kind' | 'limits'> & { reference: MediaReference },
): Promise<FetchedFile | Failed> {
  const bytes =
    typeof reference === 'string'
      ? await download(work, reference, maxBytes[kind])
      : 'uploadId' in reference
        ? await readUpload(work, reference.uploadId, maxBytes[kind])
        : await readArtifact(work, reference.artifactId, maxBytes[kind]);
  if ('kind' in bytes) return bytes;
  const check = await work.context.heavyWork.run(() => checkResult(kind, bytes));
  if (check.kind === 'unusable') return { kind: 'unusable', reason: check.reason };
  const fault = findMediaFault({ ...check.facts, bytes: bytes.byteLength }, limits);
  return fault === undefined ? { contentType: check.facts.contentType, bytes } : { kind: 'unusable', reason: fault };
}

async function download({ context }: CallWork, url: string, limit: number): Promise<Uint8Array | Failed> {
  for (let tries = 0; ; tries += 1) {
    const download = await context.guardedHttp.download(url, { maxBytes: limit, timeoutMs });
    if (download.kind === 'downloaded') return download.bytes;
    const waitMs = waitsBetweenTriesMs[tries];
    if (download.kind !== 'unavailable' || waitMs === undefined) return { kind: 'unusable', reason: download.reason };
    await pause(waitMs);
  }
}

async function readUpload(work: CallWork, uploadId: string, limit: number): Promise<Uint8Array | Failed> {
  const { context, call } = work;
  const key = uploadKey({ prefix: context.objectKeyPrefix, accountId: call.accountId, uploadId });
  const gone = `The upload ${uploadId} is not stored any more. Upload the file again.`;
  return (await readObject(work, key, limit)) ?? { kind: 'unusable', reason: gone };
}

/** Only `main` knows where it is. While it is away nothing could be claimed either. */
async function readArtifact(work: CallWork, artifactId: string, limit: number): Promise<Uint8Array | Failed> {
  const { context, call } = work;
  const place = await context.main
    .findArtifact(call.accountId, artifactId)
    .catch((error: unknown): Failed => ({ kind: 'storage_away', reason: messageOf(error) }));
  if ('kind' in place) return place;
  const gone = `The artifact ${artifactId} is not stored any more. Make it again, or name another file.`;
  const bytes = place.objectKey === null ? undefined : await readObject(work, place.objectKey, limit);
  return bytes ?? { kind: 'unusable', reason: gone };
}

async function readObject({ context }: CallWork, key: string, limit: number): Promise<Uint8Array | Failed | undefined> {
  try {
    return await context.objectStore.get(key, { maxBytes: limit });
  } catch (error) {
    if (isTooLarge(error))
      return { kind: 'unusable', reason: `The file is larger than the ${limit} bytes that can be sent inline.` };
    context.storageHealth.failed();
    return { kind: 'storage_away', reason: messageOf(error) };
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'too_large';
}

function unusable(path: string, reason: string): Failed {
  return { kind: 'unusable', reason: `${path}: ${reason}` };
}

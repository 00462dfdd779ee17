import { Readable } from 'node:stream';
import type { ByteRange, ObjectStore } from '@darkroom/platform-object-store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ifNoneMatchSchema, matchesEtag } from '../calls/conditional-read.ts';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import { readByteRange } from './byte-range.ts';
import type { OpenFiles } from './open-files.ts';

/** A stored file that never changes. */
export interface ContentFile {
  objectKey: string;
  contentType: string;
  bytes: number;
  sha256: string;
}

const retryAfterSeconds = 5;

/** The headers of a request for the bytes of a file. */
export function contentHeadersSchema(what: 'artifact' | 'upload') {
  return ifNoneMatchSchema(what).extend({
    range: z.string().optional().describe('One range of bytes, as players of videos ask for it.'),
    'if-range': z
      .string()
      .optional()
      .describe('The `ETag` that the range belongs to. All is sent where it is another.'),
  });
}

const bytesResponse = {
  description: 'The bytes, with their content type.',
  content: { 'application/octet-stream': { schema: z.custom<Buffer>().meta({ type: 'string', format: 'binary' }) } },
};

export const contentResponses = { 200: bytesResponse, 206: { ...bytesResponse, description: 'The part in `Range`.' } };

/** Where the bytes come from, and who counts what is being read. */
export interface ContentSource {
  objectStore: Pick<ObjectStore, 'stream'>;
  openFiles: OpenFiles;
}

/**
 * Sends the bytes of a file from object storage through this server: for pages of our own, which load nothing from elsewhere. They never change, so that
 * they are sent once to a browser; it asks each time whether it may still show them.
 */
export async function sendContent(
  { objectStore, openFiles }: ContentSource,
  file: ContentFile,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  const etag = `"${file.sha256}"`;
  reply.headers({ etag, 'cache-control': 'private, no-cache', 'accept-ranges': 'bytes' });
  const known = request.headers['if-none-match'];
  if (known !== undefined && matchesEtag(known, etag)) return reply.code(304).send(undefined);
  const isHead = request.method === 'HEAD';
  const range = isHead ? undefined : rangeOf(request.headers, file.bytes, etag);
  if (!isHead) openFiles.count({ request, reply });
  const body = isHead ? Readable.from([]) : await openFile(objectStore, file.objectKey, range);
  const { first, last } = range ?? { first: 0, last: file.bytes - 1 };
  if (range !== undefined) reply.code(206).header('content-range', `bytes ${first}-${last}/${file.bytes}`);
  return reply.headers({ 'content-type': file.contentType, 'content-length': last - first + 1 }).send(body);
}

/** What a client has of another version, it must not go on with. */
function rangeOf(headers: FastifyRequest['headers'], bytes: number, etag: string): ByteRange | undefined {
  const belongsTo = headers['if-range'];
  if (belongsTo !== undefined && belongsTo !== etag) return undefined;
  const range = readByteRange(headers.range, bytes);
  if (range !== 'unsatisfiable') return range;
  throw new ProblemError('range_not_satisfiable', `The file has ${bytes} bytes: ask for a part of them.`, {
    headers: { 'content-range': `bytes */${bytes}` },
  });
}

async function openFile(
  objectStore: Pick<ObjectStore, 'stream'>,
  objectKey: string,
  range: ByteRange | undefined,
): Promise<Readable> {
  const object = await objectStore.stream(objectKey, { range }).catch((cause: unknown) => {
    throw new ProblemError('storage_unavailable', 'Fetch it again soon.', { retryAfterSeconds, cause });
  });
  if (object === undefined) throw notFound();
  return object.body;
}

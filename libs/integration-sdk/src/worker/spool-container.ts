import { z } from 'zod';
import type { ProviderResponse } from './call-handler.ts';

/** Where an answer belongs. It travels with the bytes, so that a worker that finds them knows whose they are. */
export interface AnswerOrigin {
  callId: string;
  attempt: number;
  accountId: string;
  integration: string;
  operation: string;
  workflowId: string;
  runId: string;
}

/**
 * What an answer holds. `acceptance`: the provider took a submission and says under which id. `result`: what became of the task,
 * which was asked for with this set of credentials. Absent: the one answer of a `call`.
 */
export type AnswerHolds = z.infer<typeof holdsSchema>;

/** A paid answer as it is spooled: the provider's raw response, and the files that were downloaded because of it. */
export interface SpooledAnswer {
  origin: AnswerOrigin;
  holds?: AnswerHolds;
  response: ProviderResponse;
  parts: { url: string; bytes: Uint8Array }[];
}

const magic = Buffer.from('DKRM1\n');
const lengthBytes = 4;
// What the spool of `main` takes in one piece, and more than any header needs.
const longestContainer = 64 * 1024 * 1024;
const roomForHeader = 1024 * 1024;

const holdsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('acceptance') }),
  z.object({ kind: z.literal('result'), externalId: z.string(), credentialId: z.string() }),
]);
const headerSchema = z.object({
  origin: z.object({
    callId: z.string(),
    attempt: z.int(),
    accountId: z.string(),
    integration: z.string(),
    operation: z.string(),
    workflowId: z.string(),
    runId: z.string(),
  }),
  holds: holdsSchema.optional(),
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  bodyBytes: z.int().nonnegative(),
  parts: z.array(z.object({ url: z.string(), bytes: z.int().nonnegative() })),
});

/** How many bytes may still be downloaded beside an answer, so that the spool of `main` takes them together. */
export function roomForParts({ response, parts }: Pick<SpooledAnswer, 'response' | 'parts'>): number {
  const taken = parts.reduce((sum, { bytes }) => sum + bytes.byteLength, response.body.byteLength);
  return Math.max(0, longestContainer - roomForHeader - taken);
}

/** The bytes of the one spool format: magic, length of the header, the header as JSON, the body, the parts. */
export function encodeSpooledAnswer({ origin, holds, response, parts }: SpooledAnswer): Uint8Array {
  const header = Buffer.from(
    JSON.stringify({
      origin,
      holds,
      status: response.status,
      headers: response.headers,
      bodyBytes: response.body.byteLength,
      parts: parts.map(({ url, bytes }) => ({ url, bytes: bytes.byteLength })),
    }),
  );
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(header.byteLength);
  return Buffer.concat([magic, length, header, response.body, ...parts.map(({ bytes }) => bytes)]);
}

/** Reads a container. Fails on bytes that are none, or that end too early: a file whose writing was cut short. */
export function decodeSpooledAnswer(bytes: Uint8Array): SpooledAnswer {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerStart = magic.byteLength + lengthBytes;
  if (buffer.byteLength < headerStart || !buffer.subarray(0, magic.byteLength).equals(magic)) {
    throw new Error('This is no spooled answer: it does not begin like one.');
  }
  const headerEnd = headerStart + buffer.readUInt32BE(magic.byteLength);
  if (headerEnd > buffer.byteLength) throw cutShort();
  const header = headerSchema.parse(JSON.parse(buffer.subarray(headerStart, headerEnd).toString('utf8')));

  let position = headerEnd;
  const take = (length: number): Uint8Array => {
    const end = position + length;
    if (end > buffer.byteLength) throw cutShort();
    const taken = buffer.subarray(position, end);
    position = end;
    return taken;
  };
  const body = take(header.bodyBytes);
  const parts = header.parts.map(({ url, bytes: length }) => ({ url, bytes: take(length) }));
  const { origin, holds } = header;
  return { origin, ...(holds && { holds }), response: { status: header.status, headers: header.headers, body }, parts };
}

function cutShort(): Error {
  return new Error('The spooled answer ends too early: its writing was cut short.');
}

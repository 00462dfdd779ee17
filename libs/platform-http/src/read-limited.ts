import { isOutboundError, OutboundError } from './outbound-error.ts';

/** Reads a body to its end, or stops as soon as it is longer than the limit. */
export async function readLimited(
  body: AsyncIterable<unknown>,
  maxBytes: number,
  contentLength: string | string[] | undefined,
): Promise<Uint8Array> {
  if (Number(contentLength) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

export function isTooLarge(error: unknown): boolean {
  return isOutboundError(error) && error.code === 'too_large';
}

function tooLarge(maxBytes: number): OutboundError {
  return new OutboundError('too_large', `The file is larger than ${maxBytes} bytes`);
}

import { isOutboundError, OutboundError } from './outbound-error.ts';

/** Reads a body to its end, or stops as soon as it is longer than the limit. */
export async function readLimited(
  body: AsyncIterable<unknown>,
  maxBytes: number,
  contentLength: string | string[] | undefined,
): Promise<Uint8Array> {
  const announced = Number(contentLength);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  // Where the length is known, the bytes are put together as they come: large files are not in memory twice.
  const whole = announced > 0 ? Buffer.allocUnsafe(announced) : undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    const end = length + chunk.byteLength;
    if (end > (whole?.byteLength ?? maxBytes)) throw tooLarge(maxBytes);
    if (whole) whole.set(chunk, length);
    else chunks.push(chunk);
    length = end;
  }
  return whole ? whole.subarray(0, length) : Buffer.concat(chunks, length);
}

export function isTooLarge(error: unknown): boolean {
  return isOutboundError(error) && error.code === 'too_large';
}

function tooLarge(maxBytes: number): OutboundError {
  return new OutboundError('too_large', `The file is larger than ${maxBytes} bytes`);
}

/** Cuts a stream into pieces of one size; the last may be shorter. */
export async function* inChunks(stream: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = [];
  let held = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    held += piece.byteLength;
    if (held < size) continue;
    let rest = Buffer.concat(pieces);
    for (; rest.length >= size; rest = rest.subarray(size)) yield rest.subarray(0, size);
    pieces = [rest];
    held = rest.length;
  }
  if (held > 0) yield Buffer.concat(pieces);
}

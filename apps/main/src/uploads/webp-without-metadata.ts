const bytesOfHead = 12;
const bytesOfChunkHead = 8;
const keptChunks = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP']);
/** In the flags of VP8X (RFC 9649, section 2.7.1). */
const [exifFlag, xmpFlag] = [0x08, 0x04];

/** The same compressed image without metadata, and without anything after its end. Undefined where it is no whole WebP. */
export function webpWithoutMetadata(bytes: Buffer): Buffer | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, bytesOfHead) !== 'WEBP')
    return undefined;
  const riffEnd = bytesOfChunkHead + bytes.readUInt32LE(4);
  if (riffEnd > bytes.length) return undefined;
  const kept: Buffer[] = [];
  let position = bytesOfHead;
  while (position + bytesOfChunkHead <= riffEnd) {
    const type = bytes.toString('latin1', position, position + 4);
    const size = bytes.readUInt32LE(position + 4);
    // Chunks begin at even places; the last one's filling byte may be missing.
    const end = position + bytesOfChunkHead + size + (size % 2);
    if (end > riffEnd + 1) return undefined;
    const chunk = bytes.subarray(position, Math.min(end, riffEnd));
    if (keptChunks.has(type)) kept.push(type === 'VP8X' ? withoutMetadataFlags(chunk) : chunk);
    position = end;
  }
  const head = Buffer.from(bytes.subarray(0, bytesOfHead));
  const body = Buffer.concat(kept);
  head.writeUInt32LE(bytesOfHead - bytesOfChunkHead + body.length, 4);
  return Buffer.concat([head, body]);
}

function withoutMetadataFlags(chunk: Buffer): Buffer {
  const plain = Buffer.from(chunk);
  plain.writeUInt8((plain[bytesOfChunkHead] ?? 0) & ~(exifFlag | xmpFlag), bytesOfChunkHead);
  return plain;
}

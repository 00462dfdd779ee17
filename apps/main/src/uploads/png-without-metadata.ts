const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const bytesAroundData = 12;
/** What is needed to draw the image in its colours; text, Exif, time and everything private is left out. */
const keptChunks = new Set('IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sRGB sBIT cICP mDCV cLLI bKGD pHYs'.split(' '));

/** The same compressed image without metadata, and without anything after its end. Undefined where it is no whole PNG. */
export function pngWithoutMetadata(bytes: Buffer): Buffer | undefined {
  if (!bytes.subarray(0, signature.length).equals(signature)) return undefined;
  const kept: Buffer[] = [signature];
  let position = signature.length;
  while (position + bytesAroundData <= bytes.length) {
    const type = bytes.toString('latin1', position + 4, position + 8);
    const end = position + bytesAroundData + bytes.readUInt32BE(position);
    if (end > bytes.length) return undefined;
    if (keptChunks.has(type)) kept.push(bytes.subarray(position, end));
    if (type === 'IEND') return Buffer.concat(kept);
    position = end;
  }
  return undefined;
}

/** Whether it is an APNG: several frames in one file. */
export function isAnimatedPng(bytes: Buffer): boolean {
  for (let position = signature.length; position + bytesAroundData <= bytes.length;) {
    const type = bytes.toString('latin1', position + 4, position + 8);
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
    position += bytesAroundData + bytes.readUInt32BE(position);
  }
  return false;
}

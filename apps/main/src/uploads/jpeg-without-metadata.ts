const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const [jfif, colourProfile, adobe] = [0xe0, 0xe2, 0xee];
const comment = 0xfe;
const bytesOfJfif = 16;

/**
 * The same compressed image without anything but what is needed to draw it: no Exif, XMP, IPTC, comments, thumbnails, and nothing
 * after its end, where cameras append previews and clips. Undefined where it is no whole JPEG.
 */
export function jpegWithoutMetadata(bytes: Buffer): Buffer | undefined {
  if (bytes.readUInt16BE(0) !== 0xff00 + startOfImage) return undefined;
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let position = 2;
  while (position + 4 <= bytes.length || bytes[position + 1] === endOfImage) {
    if (bytes[position] !== 0xff) return undefined;
    const marker = bytes[position + 1];
    if (marker === 0xff) {
      position += 1; // A fill byte before a marker (ISO/IEC 10918-1, B.1.1.2).
      continue;
    }
    if (marker === undefined) return undefined;
    if (marker === endOfImage) return Buffer.concat([...kept, bytes.subarray(position, position + 2)]);
    const end = position + 2 + bytes.readUInt16BE(position + 2);
    if (end > bytes.length) return undefined;
    const segment = bytes.subarray(position, end);
    kept.push(...keptOf(marker, segment));
    position = end;
    if (marker !== startOfScan) continue;
    const scanEnd = endOfScan(bytes, position);
    kept.push(bytes.subarray(position, scanEnd));
    position = scanEnd;
  }
  return undefined;
}

function keptOf(marker: number, segment: Buffer): Buffer[] {
  const isApplications = marker >= 0xe0 && marker <= 0xef;
  if (!isApplications) return marker === comment ? [] : [segment];
  const name = segment.toString('latin1', 4, 16);
  if (marker === jfif && name.startsWith('JFIF\0') && segment.length >= bytesOfJfif + 2)
    return [withoutThumbnail(segment)];
  if (marker === colourProfile && name.startsWith('ICC_PROFILE\0')) return [segment];
  return marker === adobe && name.startsWith('Adobe') ? [segment] : [];
}

function withoutThumbnail(segment: Buffer): Buffer {
  const plain = Buffer.from(segment.subarray(0, bytesOfJfif + 2));
  plain.writeUInt16BE(bytesOfJfif, 2);
  plain.writeUInt16BE(0, bytesOfJfif);
  return plain;
}

/** Where the next marker stands that is no restart and no stuffed byte. */
function endOfScan(bytes: Buffer, start: number): number {
  for (let position = bytes.indexOf(0xff, start); position !== -1; position = bytes.indexOf(0xff, position + 1)) {
    const next = bytes[position + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return position;
  }
  return bytes.length;
}

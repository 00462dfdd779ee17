import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** What cameras write into a file and nobody wants to give away. */
export const secrets = { place: '52/1 31/1 12/1', camera: 'Secretphone 9', comment: 'taken at home by Ada' };

const exif = {
  IFD0: { Model: secrets.camera, ImageDescription: secrets.comment },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: secrets.place },
};
export const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${secrets.comment}"/></rdf:RDF></x:xmpmeta>`;

/** A picture whose every corner differs, so that turning and mirroring show. */
function picture(): Sharp {
  const [width, height] = [48, 32];
  const pixels = Buffer.alloc(width * height * 3);
  for (let index = 0; index < width * height; index += 1) {
    pixels[index * 3] = (index % width) * 5;
    pixels[index * 3 + 1] = Math.floor(index / width) * 7;
    pixels[index * 3 + 2] = (index * 31) % 251;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

const withMetadata = (orientation?: number) =>
  picture()
    .withExif(exif)
    .withXmp(xmp)
    .withIccProfile('p3')
    .withMetadata(orientation === undefined ? {} : { orientation });

export async function photo(format: 'jpeg' | 'png' | 'webp', orientation?: number): Promise<Buffer> {
  const bytes = await withMetadata(orientation)[format]().toBuffer();
  if (format === 'jpeg') return withJpegExtras(bytes);
  return format === 'png' ? withPngText(bytes) : bytes;
}

/** A comment at the beginning, and a clip behind the end, as telephones append them. */
function withJpegExtras(bytes: Buffer): Buffer {
  const text = Buffer.from(secrets.comment);
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, text.length + 2]), text]);
  return Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2), Buffer.from(`ftyp ${secrets.comment}`)]);
}

function withPngText(bytes: Buffer): Buffer {
  const behindHeader = 33;
  const text = pngChunk('tEXt', Buffer.from(`Comment\0${secrets.comment}`));
  return Buffer.concat([bytes.subarray(0, behindHeader), text, bytes.subarray(behindHeader)]);
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, checksum]);
}

/** A few hundred bytes that say they are an image of so many pixels. */
export function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.alloc(100_000));
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export async function animation(): Promise<Buffer> {
  const frames = Buffer.alloc(8 * 16 * 3, 200).fill(10, 0, 8 * 8 * 3);
  return sharp(frames, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } })
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer();
}

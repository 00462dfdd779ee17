import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** What cameras write into a file and nobody wants to give away. */
export const secrets = { place: '52/1 31/1 12/1', camera: 'Secretphone 9', comment: 'taken at home by Ada' };

const exif = {
  IFD0: { Model: secrets.camera, ImageDescription: secrets.comment },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: secrets.place },
};
const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${secrets.comment}"/></rdf:RDF></x:xmpmeta>`;

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

const clip = join(import.meta.dirname, '../../provider-simulator/assets/clips/clip-1.mp4');

/** A real clip whose `udta` tells where it was taken, with XMP and a `meta` box at its end. */
export function film(): Buffer {
  const bytes = readFileSync(clip);
  const userData = bytes.indexOf('udta') - 4;
  const content = bytes.subarray(userData + 8, userData + bytes.readUInt32BE(userData));
  const place = movieBox('\u00a9xyz', Buffer.from(`\0\x12\x15\xc7${secrets.comment}`, 'latin1'));
  content.fill(0);
  place.copy(content);
  movieBox('free', Buffer.alloc(content.length - place.length - 8)).copy(content, place.length);
  const xmpId = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');
  const meta = movieBox('meta', Buffer.from(`\0\0\0\0${secrets.comment}`));
  return Buffer.concat([bytes, movieBox('uuid', Buffer.concat([xmpId, Buffer.from(xmp)])), meta]);
}

/** The same with a track of telemetry, in which a camera keeps where it was. */
export function filmWithTelemetry(): Buffer {
  const bytes = film();
  const movie = bytes.indexOf('moov') - 4;
  const movieEnd = movie + bytes.readUInt32BE(movie);
  const samples = [Buffer.from(`first ${secrets.comment}`), Buffer.from(`then ${secrets.comment}`)];
  const data = movieBox('mdat', Buffer.concat(samples));
  const table = (type: string, ...numbers: number[]) => movieBox(type, Buffer.concat([0, ...numbers].map(uint32)));
  const sampleTable = [
    table('stsd', 0),
    table('stts', 1, samples.length, 1000),
    table('stsc', 1, 1, samples.length, 1),
    table('stsz', 0, samples.length, ...samples.map(({ length }) => length)),
    table('stco', 1, bytes.length + 8),
  ];
  const handler = movieBox('hdlr', Buffer.concat([Buffer.alloc(8), Buffer.from('meta'), Buffer.alloc(13)]));
  const copyOf = (type: string) => {
    const start = bytes.indexOf(type) - 4;
    return bytes.subarray(start, start + bytes.readUInt32BE(start));
  };
  const media = [copyOf('mdhd'), handler, movieBox('minf', movieBox('stbl', Buffer.concat(sampleTable)))];
  const track = movieBox('trak', Buffer.concat([copyOf('tkhd'), movieBox('mdia', Buffer.concat(media))]));
  const newMovie = movieBox('moov', Buffer.concat([bytes.subarray(movie + 8, movieEnd), track]));
  bytes.write('free', movie + 4, 'latin1');
  return Buffer.concat([bytes, data, newMovie]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function movieBox(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

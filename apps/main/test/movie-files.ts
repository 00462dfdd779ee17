import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secrets, xmp } from './upload-files.ts';

const fixtures = join(import.meta.dirname, '../../../libs/integration-sdk/test/__fixtures__/videos');
const clip = join(import.meta.dirname, '../../provider-simulator/assets/clips/clip-1.mp4');

export const quickTimeFilm = () => readFileSync(join(fixtures, 'upright.mov'));
export const fragmentedFilm = () => readFileSync(join(fixtures, 'fragments.mp4'));

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

/** The film with one more box at the end of the box that the path leads to, or of the file. */
export function withBox(bytes: Buffer, path: readonly string[], added: Buffer): Buffer {
  const [outermost, ...further] = path;
  if (outermost === undefined) return Buffer.concat([bytes, added]);
  const { start, end } = findBox(bytes, outermost);
  const longer = movieBox(outermost, withBox(bytes.subarray(start + 8, end), further, added));
  if (outermost !== 'moov') return Buffer.concat([bytes.subarray(0, start), longer, bytes.subarray(end)]);
  // At the end of the file, so that everything else stays where the tables say.
  const freed = Buffer.from(bytes);
  freed.write('free', start + 4, 'latin1');
  return Buffer.concat([freed, longer]);
}

/** The same with a track of telemetry, in which a camera keeps where it was. */
export function filmWithTelemetry(): Buffer {
  const bytes = film();
  const samples = [Buffer.from(`first ${secrets.comment}`), Buffer.from(`then ${secrets.comment}`)];
  const data = movieBox('mdat', Buffer.concat(samples));
  const sampleTables = [
    movieTable('stts', 1, samples.length, 1000),
    movieTable('stsc', 1, 1, samples.length, 1),
    movieTable('stsz', 0, samples.length, ...samples.map(({ length }) => length)),
    movieTable('stco', 1, bytes.length + 8),
  ];
  return withTelemetry(Buffer.concat([bytes, data]), ...sampleTables);
}

/** A film whose telemetry has so many samples of this size, all of them in the same place. */
export function filmWithTelemetryAt(start: number, { samples, size }: { samples: number; size: number }): Buffer {
  return withTelemetry(
    film(),
    movieTable('stsz', size, samples),
    movieTable('stsc', 1, 1, 1, 1),
    movieTable('stco', samples, ...Array<number>(samples).fill(start)),
  );
}

/** A film in which one more table has so many entries, each of them 0. */
export function filmWithLongTable(
  type: string,
  { entries, entryBytes }: { entries: number; entryBytes: number },
): Buffer {
  const table = movieBox(type, Buffer.alloc(8 + entries * entryBytes));
  table.writeUInt32BE(entries, 12);
  return withBox(film(), ['moov', 'trak', 'mdia', 'minf', 'stbl'], table);
}

export function filmWithManyBoxes(boxes: number): Buffer {
  return withBox(film(), ['moov'], Buffer.concat(Array<Buffer>(boxes).fill(movieBox('free', Buffer.alloc(0)))));
}

/** The film with a track of telemetry whose samples are where the tables say. */
function withTelemetry(bytes: Buffer, ...sampleTables: Buffer[]): Buffer {
  const handler = movieBox('hdlr', Buffer.concat([Buffer.alloc(8), Buffer.from('meta'), Buffer.alloc(13)]));
  const copyOf = (type: string) => {
    const start = bytes.indexOf(type) - 4;
    return bytes.subarray(start, start + bytes.readUInt32BE(start));
  };
  const sampleTable = movieBox('stbl', Buffer.concat([movieTable('stsd', 0), ...sampleTables]));
  const media = movieBox('mdia', Buffer.concat([copyOf('mdhd'), handler, movieBox('minf', sampleTable)]));
  return withBox(bytes, ['moov'], movieBox('trak', Buffer.concat([copyOf('tkhd'), media])));
}

/** Fragments of which the sound is called telemetry, as cameras that stream keep it. */
export function fragmentsWithTelemetry(): Buffer {
  const bytes = fragmentedFilm();
  bytes.write('meta', bytes.indexOf('soun'), 'latin1');
  return bytes;
}

/** The film with frames that its description says to be of this size. */
export function withFrameSize(bytes: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(bytes);
  const sizes = changed.indexOf('avc1', changed.indexOf('stsd')) + 28;
  changed.writeUInt16BE(width, sizes);
  changed.writeUInt16BE(height, sizes + 2);
  return changed;
}

/** A table whose version and flags are 0. */
export function movieTable(type: string, ...numbers: number[]): Buffer {
  return movieBox(type, Buffer.concat([0, ...numbers].map(uint32)));
}

export function movieBox(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

function findBox(bytes: Buffer, type: string): { start: number; end: number } {
  for (let start = 0; start + 8 <= bytes.length;) {
    const end = start + bytes.readUInt32BE(start);
    if (bytes.toString('latin1', start + 4, start + 8) === type) return { start, end };
    start = end;
  }
  throw new Error(`There is no ${type} here.`);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

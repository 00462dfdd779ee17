import { describe, expect, test } from '@jest/globals';
import { checkVideo } from '@darkroom/integration-sdk/media';
import {
  film,
  filmWithTelemetry,
  filmWithTelemetryAt,
  fragmentedFilm,
  fragmentsWithTelemetry,
  movieBox,
  quickTimeFilm,
  withBox,
  withFrameSize,
} from '../../test/movie-files.ts';
import { secrets } from '../../test/upload-files.ts';
import { prepareVideo } from './prepare-video.ts';

const secret = Buffer.from(`\0\0\0\0${secrets.comment}`);
const metadata = movieBox('meta', secret);
const inTrack = ['moov', 'trak'];
const inSampleTable = [...inTrack, 'mdia', 'minf', 'stbl'];

describe('what tells of the one who filmed is overwritten, and the film plays as before:', () => {
  const rows: [box: string, where: string, path: string[], added: Buffer][] = [
    ['meta in meco', 'in moov', ['moov'], movieBox('meco', metadata)],
    ['meta in meco', 'beside moov', [], movieBox('meco', metadata)],
    ['meta', 'in edts', [...inTrack, 'edts'], metadata],
    ['meta', 'in tref', inTrack, movieBox('tref', metadata)],
    ['meta', 'in dinf', [...inTrack, 'mdia', 'minf', 'dinf'], metadata],
    ['meta', 'in stbl', inSampleTable, metadata],
    ['meta', 'in mfra', [], movieBox('mfra', metadata)],
    ['meta', 'in mdia', [...inTrack, 'mdia'], metadata],
    ['meta', 'in a box that nobody knows', ['moov'], movieBox('abcd', metadata)],
    ['udta', 'in minf', [...inTrack, 'mdia', 'minf'], movieBox('udta', metadata)],
    ...['\u00a9xyz', 'loci', 'gps ', 'sefd', 'XMP_', 'prft', 'emsg', 'pnot'].flatMap(
      (type): [string, string, string[], Buffer][] => [
        [type, 'in moov', ['moov'], movieBox(type, secret)],
        [type, 'in trak', inTrack, movieBox(type, secret)],
        [type, 'beside moov', [], movieBox(type, secret)],
      ],
    ),
    ['text', 'where boxes should be', inTrack, movieBox('tref', Buffer.concat([Buffer.alloc(8, 255), secret]))],
    ['text', 'among the frames that no table tells of', [], movieBox('mdat', secret)],
    ['text', 'in the last bytes of moov', ['moov'], Buffer.from('at home')],
  ];

  test.each(rows)('%s %s', async (box, _where, path, added) => {
    const bytes = withBox(film(), path, added);
    const before = Buffer.from(bytes);
    const { bytes: kept, ...facts } = await prepareVideo(bytes);

    expect(before.includes(added)).toBe(true);
    for (const text of [secrets.comment, 'at home', ...(box.length === 4 ? [box] : ['meta'])])
      expect([text, kept.includes(text, 0, 'latin1')]).toEqual([text, false]);
    expect(kept.length).toBe(before.length);
    expect(await checkVideo(kept)).toEqual(await checkVideo(before));
    expect(await checkVideo(kept)).toMatchObject({ kind: 'video', facts });
  });
});

describe('plays as before, byte for byte but for its metadata:', () => {
  const typesIn = (bytes: Buffer, types: string[]) => types.filter((type) => bytes.includes(type, 0, 'latin1'));

  test.each([
    ['an MP4', film, ['ftyp', 'moov', 'tkhd', 'edts', 'elst', 'dref', 'stsd', 'avcC', 'ctts', 'stss', 'mdat']],
    [
      'a QuickTime film',
      quickTimeFilm,
      ['ftyp', 'moov', 'edts', 'elst', 'vmhd', 'dref', 'stsd', 'avcC', 'stco', 'mdat'],
    ],
    [
      'a fragmented film',
      fragmentedFilm,
      ['moov', 'mvex', 'trex', 'moof', 'tfhd', 'tfdt', 'trun', 'mdat', 'tfra', 'mfro'],
    ],
  ] as const)('%s', async (_name, read, needed) => {
    const { bytes } = await prepareVideo(read());
    const data = (of: Buffer) => of.subarray(of.indexOf('mdat'), of.indexOf('mdat') + 4000);

    expect(typesIn(bytes, [...needed, 'udta', 'meta', '\u00a9swr', '\u00a9too'])).toEqual(needed);
    expect(data(bytes)).toEqual(data(read()));
    expect(await checkVideo(bytes)).toEqual(await checkVideo(read()));
  });
});

describe('is refused', () => {
  const inFile =
    'The video holds data beside picture and sound that may tell where it was taken, and that cannot be removed.';
  test.each<[name: string, file: () => Buffer, told: string]>([
    [
      'a fragmented film with a track of telemetry, whose samples are told of elsewhere',
      fragmentsWithTelemetry,
      inFile,
    ],
    ['a film with two movies', () => withBox(film(), [], movieBox('moov', secret)), inFile],
    [
      'telemetry of which a thousand samples are all but the whole file',
      () => filmWithTelemetryAt(16, { samples: 1000, size: film().length }),
      inFile,
    ],
    [
      'telemetry that is said to be in the tables',
      () => filmWithTelemetryAt(film().length + 20, { samples: 1, size: 100 }),
      inFile,
    ],
    ['telemetry behind the end of the file', () => filmWithTelemetryAt(2 ** 31, { samples: 1, size: 1 }), inFile],
    [
      'a video over 64 megapixels',
      () => withFrameSize(film(), 9000, 8000),
      '9000 × 8000 pixels, more than 64000000. Scale it down.',
    ],
  ])('%s', async (_name, file, told) => {
    await expect(prepareVideo(file())).rejects.toThrow(told);
  });

  test('before a byte of it is overwritten, where what has to be overwritten is more than there is', async () => {
    const bytes = filmWithTelemetryAt(16, { samples: 1000, size: film().length });
    const before = Buffer.from(bytes);

    await expect(prepareVideo(bytes)).rejects.toThrow(inFile);
    expect(bytes.equals(before)).toBe(true);
  });

  test('not with telemetry whose samples are where its tables say', async () => {
    const { bytes } = await prepareVideo(filmWithTelemetry());

    expect(bytes.includes(secrets.comment)).toBe(false);
  });
});

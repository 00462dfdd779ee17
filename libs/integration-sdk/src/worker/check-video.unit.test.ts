import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { checkVideo } from './check-video.ts';

const film = (name: string) =>
  readFile(new URL(`../../test/__fixtures__/videos/${name}`, import.meta.url).pathname).then((bytes) =>
    Buffer.from(bytes),
  );

/** The file with a number written into its first table of this kind. */
function withNumber(bytes: Buffer, table: string, offset: number, number: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt32BE(number, changed.indexOf(table) + 4 + offset);
  return changed;
}

const uint32 = (...numbers: number[]) =>
  Buffer.concat(numbers.map((number) => Buffer.from(number.toString(16).padStart(8, '0'), 'hex')));
const box = (type: string, ...content: Buffer[]) => {
  const bytes = Buffer.concat([uint32(0), Buffer.from(type, 'latin1'), ...content]);
  bytes.writeUInt32BE(bytes.length);
  return bytes;
};

describe('what a video tells of itself', () => {
  test.each([
    [
      'film.mp4',
      { contentType: 'video/mp4', extension: 'mp4', width: 160, height: 90, durationSeconds: 2, frameRate: 24 },
    ],
    [
      'film.webm',
      { contentType: 'video/webm', extension: 'webm', width: 160, height: 90, durationSeconds: 1, frameRate: 25 },
    ],
    ['fragments.mp4', { contentType: 'video/mp4', extension: 'mp4', width: 160, height: 90, frameRate: 24 }],
  ])('is read from %s', async (name, facts) => {
    expect(await checkVideo(await film(name))).toMatchObject({ kind: 'video', facts });
  });

  test('is what a viewer sees: one that was filmed upright is higher than wide', async () => {
    expect(await checkVideo(await film('upright.mov'))).toEqual({
      kind: 'video',
      facts: {
        contentType: 'video/quicktime',
        extension: 'mov',
        width: 90,
        height: 160,
        durationSeconds: 1,
        frameRate: 30,
      },
    });
  });
});

describe('no video', () => {
  test.each(['film.mp4', 'film.webm', 'upright.mov', 'fragments.mp4'])('is %s whose end is missing', async (name) => {
    const whole = await film(name);
    for (const part of [0.999, 0.9, 0.5, 0.1, 0.01]) {
      const cut = whole.subarray(0, Math.floor(whole.byteLength * part));
      expect([part, (await checkVideo(cut)).kind]).toEqual([part, 'no_video']);
    }
  });

  test('is an image, a sound, a text or nothing, whatever it is called', async () => {
    const image = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const reasonOf = async (bytes: Buffer) => {
      const check = await checkVideo(bytes);
      return check.kind === 'no_video' ? check.reason : check.kind;
    };
    expect(await reasonOf(image)).toBe('The file is of type image/png; MP4, MOV and WebM are videos.');
    expect(await reasonOf(await film('sound.mp4'))).toBe('The video/mp4 holds no moving picture.');
    expect(await reasonOf(Buffer.from('<html>Not found</html>'))).toMatch(/^The file is of no known type/);
    expect(await reasonOf(Buffer.alloc(0))).toMatch(/^The file is of no known type/);
  });

  test('is a file whose tables tell of billions of samples: nobody takes them at their word', async () => {
    const whole = await film('film.mp4');
    const bombs = [
      withNumber(whole, 'stts', 8, 0x7fffffff),
      withNumber(withNumber(whole, 'stsz', 4, 1), 'stsz', 8, 0x7fffffff),
      withNumber(whole, 'stsc', 12, 0x7fffffff),
      withNumber(await film('fragments.mp4'), 'trun', 4, 0x7fffffff),
    ];
    for (const bomb of bombs) {
      expect(await checkVideo(bomb)).toEqual({
        kind: 'no_video',
        reason: 'The video/mp4 cannot be read: It tells of more than 2000000 samples.',
      });
    }
  });

  test('is a file with more boxes or table entries than a film has: each of them would become an object in memory', async () => {
    const whole = await film('film.mp4');
    const many = 2_100_000;
    const inTables = 'Its tables have more than 2000000 entries.';
    const tableOf = (type: string, bytesOfEntry: number) =>
      box(type, uint32(0, many), Buffer.alloc(many * bytesOfEntry));
    const inTrack = (...boxes: Buffer[]) => Buffer.concat([whole, box('moov', box('trak', ...boxes))]);
    const bombs: [bomb: Buffer, fault: string][] = [
      [
        Buffer.concat([whole, box('moov', ...Array<Buffer>(100_000).fill(box('free')))]),
        'It has more than 100000 boxes.',
      ],
      [
        inTrack(box('udta', box('meta', uint32(0), ...Array<Buffer>(100_000).fill(box('free'))))),
        'It has more than 100000 boxes.',
      ],
      ...(['stco', 'stss'] as const).map((type): [Buffer, string] => [inTrack(tableOf(type, 4)), inTables]),
      [inTrack(tableOf('co64', 8)), inTables],
      [inTrack(tableOf('stts', 8)), inTables],
      [inTrack(tableOf('stsc', 12)), inTables],
      // Where such a table does not belong, a reader takes it all the same.
      [inTrack(box('edts', tableOf('ctts', 8))), inTables],
      // As many as the number says are read, on behind the end of the table and of what it is in.
      [inTrack(box('edts', box('elst', uint32(0, many))), box('free', Buffer.alloc(many * 8))), inTables],
      [inTrack(box('stsd', Buffer.alloc(2 ** 20))), 'It describes its tracks at too great a length.'],
    ];
    for (const [bomb, fault] of bombs)
      expect(await checkVideo(bomb)).toEqual({ kind: 'no_video', reason: `The video/mp4 cannot be read: ${fault}` });
  });

  test('is a fragmented film whose last bytes lead into the middle of a box, where nobody has looked', async () => {
    const whole = await film('fragments.mp4');
    const hidden = box('free', box('mfra', box('tfra', Buffer.alloc(40))), uint32(16 + 40 + 4));

    expect(await checkVideo(Buffer.concat([whole, hidden]))).toEqual({
      kind: 'no_video',
      reason: 'The video/mp4 cannot be read: Its index of fragments is within another box.',
    });
  });

  test('is a file whose boxes hold each other without an end, or have impossible sizes', async () => {
    const type = (await film('film.mp4')).subarray(0, 32);
    const nested = Buffer.alloc(32 * 1024);
    for (let at = 0; at < nested.byteLength; at += 8) {
      nested.writeUInt32BE(nested.byteLength - at, at);
      nested.write('moov', at + 4, 'latin1');
    }
    const tiny = Buffer.from([0, 0, 0, 2, 0x6d, 0x6f, 0x6f, 0x76]);
    const huge = Buffer.from('00000001' + '6d646174' + 'ffffffffffffffff', 'hex');
    for (const boxes of [nested, tiny, huge])
      expect(await checkVideo(Buffer.concat([type, boxes]))).toMatchObject({ kind: 'no_video' });
  });
});

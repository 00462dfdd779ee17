import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import sharp, { type Metadata } from 'sharp';
import { createThumbnailDrawer } from './draw-thumbnail.ts';
import { thumbnailKey } from './thumbnail-key.ts';

const grey = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#808080' } });
const fileOf = (objectKey: string, bytes: Buffer, contentType = 'image/png') => ({
  objectKey,
  contentType,
  bytes: bytes.length,
});
const wish = (signal = new AbortController().signal) => ({ accountId: 'alpha', signal });

/** Object storage with some files in it, and the process that draws from it. */
function storageWith(files: Record<string, Buffer>) {
  const objects = new Map(Object.entries(files));
  const objectStore = {
    get: jest.fn((key: string) => Promise.resolve(objects.get(key))),
    put: jest.fn(({ key, bytes }: { key: string; bytes: Uint8Array }) => {
      objects.set(key, Buffer.from(bytes));
      return Promise.resolve();
    }),
    head: (key: string) => Promise.resolve(objects.has(key) ? { bytes: 1, contentType: 'image/png' } : undefined),
    delete: (key: string) => Promise.resolve(void objects.delete(key)),
  };
  const logger = { warn: jest.fn() };
  const readsOf = (key: string) => objectStore.get.mock.calls.filter(([read]) => read === key).length;
  const startDrawer = () => createThumbnailDrawer({ objectStore, logger });
  return { objects, objectStore, logger, readsOf, startDrawer, draw: startDrawer() };
}

async function drawn(bytes: Buffer, contentType: string): Promise<Metadata> {
  const { draw } = storageWith({ picture: bytes });
  return sharp(await draw(fileOf('picture', bytes, contentType), wish())).metadata();
}

test.each([
  ['a landscape', [1344, 768], [1120, 640]],
  ['a portrait', [768, 1344], [640, 1120]],
  ['a square', [1024, 1024], [640, 640]],
  ['one that is smaller', [640, 480], [640, 480]],
  ['a banner, whose longer side is bounded', [6000, 1000], [1920, 320]],
  ['a line', [6000, 1], [1920, 1]],
] as const)('is large enough for a sharp square where it is %s', async (_what, [width, height], size) => {
  const picture = await drawn(await grey(width, height).png().toBuffer(), 'image/png');

  expect([picture.format, picture.width, picture.height]).toEqual(['jpeg', ...size]);
});

test('a picture that is to be shown turned is drawn upright, without saying so again', async () => {
  const lying = await grey(1344, 768).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const { width, height, orientation } = await drawn(lying, 'image/jpeg');

  expect([width, height, orientation]).toEqual([640, 1120, undefined]);
});

test('of a file that is broken, or no image at all, there is none', async () => {
  const whole = await grey(640, 480).jpeg().toBuffer();
  for (const broken of [whole.subarray(0, whole.length / 2), Buffer.from('no image')]) {
    const { draw, objects } = storageWith({ broken });
    await expect(draw(fileOf('broken', broken, 'image/jpeg'), wish())).rejects.toMatchObject({ code: 'not_found' });
    expect([...objects.keys()]).toEqual(['broken']);
  }
});

test('a picture that was accepted although its decoder warns of it is drawn', async () => {
  const sound = await grey(640, 480).jpeg().toBuffer();
  const endOfHeader = 4 + sound.readUInt16BE(4);
  const odd = Buffer.concat([sound.subarray(0, endOfHeader), Buffer.alloc(3), sound.subarray(endOfHeader)]);
  await expect(sharp(odd, { failOn: 'warning' }).raw().toBuffer()).rejects.toThrow('extraneous');

  const { width, height } = await drawn(odd, 'image/jpeg');

  expect([width, height]).toEqual([640, 480]);
});

describe('a picture', () => {
  let liked: Buffer;
  beforeAll(async () => {
    liked = await grey(8, 8).png().toBuffer();
  });

  test('that many look at is read and drawn once, and one that failed is tried again', async () => {
    const { draw, objectStore, readsOf } = storageWith({ liked });
    objectStore.get.mockRejectedValueOnce(new Error('away'));
    await expect(draw(fileOf('liked', liked), wish())).rejects.toThrow('Fetch it again soon.');
    const [first, second] = await Promise.all([
      draw(fileOf('liked', liked), wish()),
      draw(fileOf('liked', liked), wish()),
    ]);

    expect(first).toBe(second);
    expect([readsOf('liked'), objectStore.put.mock.calls.length]).toEqual([1, 1]);
  });

  test('that was drawn once is not drawn again after a restart', async () => {
    const { draw, startDrawer, readsOf } = storageWith({ liked });
    const picture = await draw(fileOf('liked', liked), wish());

    expect(await startDrawer()(fileOf('liked', liked), wish())).toEqual(picture);
    expect(readsOf('liked')).toBe(1);
  });

  test('that cannot be stored is shown all the same, and drawn again for the next', async () => {
    const { draw, objectStore, logger, readsOf } = storageWith({ liked });
    objectStore.put.mockRejectedValueOnce(new Error('full'));
    for (let time = 1; time <= 3; time += 1) expect(await draw(fileOf('liked', liked), wish())).toBeInstanceOf(Buffer);

    expect(readsOf('liked')).toBe(2);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  test('whose file retention deletes while it is drawn leaves nothing behind', async () => {
    const { draw, objects, objectStore } = storageWith({ liked });
    objectStore.put.mockImplementationOnce(({ key, bytes }) => {
      objects.delete('liked');
      objects.delete(thumbnailKey('liked'));
      objects.set(key, Buffer.from(bytes));
      return Promise.resolve();
    });
    await draw(fileOf('liked', liked), wish());

    expect([...objects.keys()]).toEqual([]);
  });

  test('that nobody waits for any more is not drawn, and one that somebody still waits for is', async () => {
    const { draw, readsOf } = storageWith({ liked, first: liked, second: liked, unwanted: liked });
    const leaving = new AbortController();
    const wanted = ['first', 'second', 'liked'].map((key) => draw(fileOf(key, liked), wish()));
    const given = ['liked', 'unwanted'].map((key) => draw(fileOf(key, liked), wish(leaving.signal)));
    leaving.abort();
    const outcomes = await Promise.allSettled(given);
    await Promise.all(wanted);

    expect(outcomes[1]).toMatchObject({ status: 'rejected', reason: { name: 'AbortError' } });
    expect(['first', 'second', 'liked', 'unwanted'].map(readsOf)).toEqual([1, 1, 1, 0]);
  });
});

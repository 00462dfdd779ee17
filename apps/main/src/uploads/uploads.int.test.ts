import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type Upload, uploadKey, uploadSchema } from '@darkroom/contract';
import { checkVideo } from '@darkroom/integration-sdk/media';
import sharp from 'sharp';
import { film, filmWithTelemetry, fragmentedFilm, quickTimeFilm } from '../../test/movie-files.ts';
import { setUpStoringApi } from '../../test/set-up-storing-api.ts';
import { photo, secrets } from '../../test/upload-files.ts';
import { sendFile } from '../../test/send-file.ts';

const api = setUpStoringApi();

const upload = async (bytes: Buffer): Promise<Upload> => {
  const answer = await sendFile<Upload>(api, bytes);
  expect(answer).toMatchObject({ status: 201 });
  return uploadSchema.strict().parse(answer.body);
};
const storedOf = async ({ id: uploadId }: Upload, accountId = 'alpha') =>
  Buffer.from((await api.objectStore.get(uploadKey({ prefix: 'test', accountId, uploadId }))) ?? []);
const countOf = (bytes: Buffer, text: string) => bytes.toString('latin1').split(text).length - 1;
const rawPixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer();

describe.each(['jpeg', 'png', 'webp'] as const)('a %s', (format) => {
  test('is stored with its facts, without Exif, places, XMP and comments, its pixels and colours as they were', async () => {
    const bytes = await photo(format);
    const answer = await sendFile<Upload>(api, bytes, { fileName: 'holiday.exe', contentType: 'text/plain' });
    const stored = await storedOf(answer.body);
    const before = await sharp(bytes).metadata();
    const after = await sharp(stored).metadata();

    expect(uploadSchema.strict().parse(answer.body)).toMatchObject({
      contentType: `image/${format}`,
      width: 48,
      height: 32,
      bytes: stored.length,
      sha256: createHash('sha256').update(stored).digest('hex'),
    });
    expect(answer.headers.get('location')).toBe(`${api.url}/v1/uploads/${answer.body.id}`);
    expect([before.exif, before.xmp].map((part) => part !== undefined)).toEqual([true, true]);
    expect([after.exif, after.xmp, after.iptc, after.comments]).toEqual([undefined, undefined, undefined, undefined]);
    expect(stored.length).toBeLessThan(bytes.length);
    for (const secret of Object.values(secrets)) expect(stored.includes(secret)).toBe(false);
    expect(after.icc).toEqual(before.icc);
    expect(await rawPixels(stored)).toEqual(await rawPixels(bytes));
    expect(
      await api.objectStore.head(uploadKey({ prefix: 'test', accountId: 'alpha', uploadId: answer.body.id })),
    ).toEqual({
      bytes: stored.length,
      contentType: `image/${format}`,
      sha256: answer.body.sha256,
    });
  });

  test('that its metadata turns is turned, since nothing says so any more afterwards', async () => {
    const bytes = await photo(format, 6);
    const answer = await upload(bytes);
    const stored = await storedOf(answer);
    const shown = await sharp(bytes).autoOrient().raw().toBuffer();
    const difference = (await rawPixels(stored)).map((value, index) => Math.abs(value - (shown[index] ?? 0)));

    expect([answer.width, answer.height]).toEqual([32, 48]);
    expect((await sharp(stored).metadata()).exif).toBeUndefined();
    expect(difference.reduce((sum, value) => sum + value, 0) / difference.length).toBeLessThan(6);
  });
});

test('an MP4 is stored with its facts, its metadata overwritten in place, and plays as before', async () => {
  const bytes = film();
  const answer = await upload(bytes);
  const stored = await storedOf(answer);
  const facts = await checkVideo(bytes);

  expect(bytes.includes(secrets.comment) && bytes.includes('udta')).toBe(true);
  expect(stored.length).toBe(bytes.length);
  expect(stored.includes(secrets.comment)).toBe(false);
  for (const box of ['udta', 'uuid', 'meta', '\u00a9xyz']) expect(stored.includes(box, 0, 'latin1')).toBe(false);
  expect(await checkVideo(stored)).toEqual(facts);
  expect(answer).toMatchObject({ contentType: 'video/mp4', bytes: bytes.length });
  expect(facts).toMatchObject({
    facts: { width: answer.width, height: answer.height, durationSeconds: answer.durationSeconds },
  });
  const samples = (of: Buffer) => of.subarray(of.indexOf('mdat'), of.indexOf('mdat') + 10_000);
  expect(samples(stored)).toEqual(samples(bytes));
});

test.each([
  ['a QuickTime film', quickTimeFilm, 'video/quicktime', '\u00a9swr'],
  ['a fragmented MP4', fragmentedFilm, 'video/mp4', '\u00a9too'],
])('%s is stored with its facts, without its metadata, and plays as before', async (_name, read, contentType, tag) => {
  const bytes = read();
  const answer = await upload(bytes);
  const stored = await storedOf(answer);
  const { width, height, durationSeconds } = answer;

  expect(answer).toMatchObject({ contentType, bytes: bytes.length });
  expect([bytes.includes(tag, 0, 'latin1'), stored.includes(tag, 0, 'latin1')]).toEqual([true, false]);
  expect(await checkVideo(stored)).toEqual(await checkVideo(bytes));
  expect(await checkVideo(stored)).toMatchObject({ facts: { contentType, width, height, durationSeconds } });
});

test('a track that tells where a camera was is taken out of an MP4 with its samples', async () => {
  const bytes = filmWithTelemetry();
  const stored = await storedOf(await upload(bytes));

  expect([bytes.includes(`then ${secrets.comment}`), stored.includes(secrets.comment)]).toEqual([true, false]);
  expect([countOf(bytes, 'trak'), countOf(stored, 'trak'), stored.length]).toEqual([3, 1, bytes.length]);
  expect(await checkVideo(stored)).toEqual(await checkVideo(film()));
});

test('an upload is known to its account only', async () => {
  const { id, ...facts } = await upload(await photo('png'));

  expect(await api.request(`/v1/uploads/${id}`)).toMatchObject({ status: 200, body: { id, ...facts } });
  for (const [path, account] of [
    [`/v1/uploads/${id}`, 'beta'],
    ['/v1/uploads/upl_01k3x5c5jyfvhbqm6w8r9c4r3n', 'alpha'],
    ['/v1/uploads/x', 'alpha'],
  ] as const)
    expect(await api.refused({ path, method: 'GET', account })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
});

test('ten at once are all stored', async () => {
  const bytes = await photo('jpeg');
  const ids = await Promise.all(Array.from({ length: 10 }, async () => (await upload(bytes)).id));

  expect(new Set(ids).size).toBe(10);
});

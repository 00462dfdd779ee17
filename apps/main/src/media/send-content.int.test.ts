import { Readable } from 'node:stream';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Batch, Problem, Upload } from '@darkroom/contract';
import type { ObjectStore } from '@darkroom/platform-object-store';
import { film } from '../../test/movie-files.ts';
import { goodBody } from '../../test/public-api.ts';
import { sendFile } from '../../test/send-file.ts';
import { setUpStoringApi } from '../../test/set-up-storing-api.ts';
import { storeArtifact } from '../../test/store-artifact.ts';
import { until } from '../../test/until.ts';
import { photo } from '../../test/upload-files.ts';

/** What was opened in object storage since the test began, and how much of each. */
const opened: { body: Readable; bytes: number }[] = [];
/** Whether storage gives no more than the first byte of a file. */
let holdsBack = false;
const api = setUpStoringApi((objectStore) => ({ objectStore: { ...objectStore, stream: noting(objectStore) } }));
let picture: Awaited<ReturnType<typeof storeArtifact>>;
let movie: Upload;

beforeAll(async () => {
  picture = await storeArtifact(api, { callId: (await api.submit()).body.id, objectStore: api.objectStore });
  movie = (await sendFile<Upload>(api, film())).body;
});
beforeEach(() => {
  opened.length = 0;
  holdsBack = false;
});

const contentOf = (id: string, headers: Record<string, string> = {}, method = 'GET') =>
  api.open(`/v1/${id.startsWith('art') ? 'artifacts' : 'uploads'}/${id}/content`, { headers, method });
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

test('a page shows an artifact from its own origin, byte for byte, and is sent it once', async () => {
  const answer = await contentOf(picture.id);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await bytesOf(answer)).toEqual(picture.bytes);
  const again = await contentOf(picture.id, { 'if-none-match': answer.headers.get('etag') ?? '' });
  expect([again.status, (await bytesOf(again)).length]).toEqual([304, 0]);
  expect(opened).toHaveLength(1);
});

describe('a player', () => {
  let whole: Buffer;
  let etag: string;

  beforeAll(async () => {
    const answer = await contentOf(movie.id);
    etag = answer.headers.get('etag') ?? '';
    whole = await bytesOf(answer);
  });

  test.each([
    ['the middle', 'bytes=100-299', 100, 300],
    ['the rest', 'bytes=100-', 100, undefined],
    ['the end', 'bytes=-50', -50, undefined],
  ])('gets %s of a video, and no more is read from storage', async (_what, range, from, to) => {
    const part = await contentOf(movie.id, { range });
    const expected = whole.subarray(from, to);
    const first = from < 0 ? whole.length + from : from;

    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes ${first}-${first + expected.length - 1}/${movie.bytes}`);
    expect(part.headers.get('content-length')).toBe(String(expected.length));
    expect(part.headers.get('content-type')).toBe('video/mp4');
    expect(await bytesOf(part)).toEqual(expected);
    expect(opened.map(({ bytes }) => bytes)).toEqual([expected.length]);
  });

  test('gets the part of what it knows, and all of it where it knows another', async () => {
    const range = 'bytes=100-299';

    expect((await contentOf(movie.id, { range, 'if-range': etag })).status).toBe(206);
    const other = await contentOf(movie.id, { range, 'if-range': '"of-another"' });
    expect([other.status, (await bytesOf(other)).length]).toEqual([200, whole.length]);
  });

  test('is told how much there is where it asks for more', async () => {
    const answer = await contentOf(movie.id, { range: `bytes=${movie.bytes}-` });

    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe(`bytes */${movie.bytes}`);
    expect(((await answer.json()) as Problem).code).toBe('range_not_satisfiable');
    expect(opened).toEqual([]);
  });

  test('learns size and type without anything being read', async () => {
    const answer = await contentOf(movie.id, {}, 'HEAD');

    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-length': String(movie.bytes),
      'content-type': 'video/mp4',
      'accept-ranges': 'bytes',
      etag,
    });
    expect(opened).toEqual([]);
  });

  test('that leaves in the middle ends the reading from storage', async () => {
    const bytes = Buffer.alloc(16 * 1024 ** 2, 'x');
    const { id: callId } = (await api.submit()).body;
    const { id } = await storeArtifact(api, { callId, objectStore: api.objectStore, bytes, contentType: 'video/mp4' });
    const leaving = new AbortController();
    const answer = await api.open(`/v1/artifacts/${id}/content`, { signal: leaving.signal });
    await answer.body?.getReader().read();
    leaving.abort();

    await until(
      () => opened.map(({ body }) => body.destroyed),
      (areClosed) => areClosed.every(Boolean),
    );
    expect(opened.map(({ body }) => [body.readableEnded, body.errored])).toEqual([[false, null]]);
  });
});

test('who has as many files open as an account may is told to come again, and is served when some are done', async () => {
  holdsBack = true;
  const leaving = new AbortController();
  const path = `/v1/artifacts/${picture.id}/content`;
  await Promise.all(Array.from({ length: 64 }, () => api.open(path, { signal: leaving.signal })));
  const { body: batch } = await api.request<Batch>('/v1/batches', { method: 'POST', body: { calls: [goodBody] } });
  for (const refused of [path, `/v1/uploads/${movie.id}/content`, `/v1/batches/${batch.id}/archive`]) {
    const answer = await api.open(refused);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toMatchObject({ code: 'overloaded', retryable: true });
  }
  expect((await contentOf(picture.id, {}, 'HEAD')).status).toBe(200);
  expect(opened).toHaveLength(64);
  leaving.abort();
  holdsBack = false;
  const served = await until(
    () => contentOf(picture.id),
    ({ status }) => status === 200,
  );

  expect(await bytesOf(served)).toEqual(picture.bytes);
});

test('an upload has a small picture, where it is an image', async () => {
  const { body: upload } = await sendFile<Upload>(api, await photo('png'));
  const answer = await api.open(`/v1/uploads/${upload.id}/thumbnail`);

  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  expect((await api.open(`/v1/uploads/${movie.id}/thumbnail`)).status).toBe(404);
});

test('what could not be read is not kept by the browser for good', async () => {
  const { id } = await storeArtifact(api, { callId: (await api.submit()).body.id });
  for (const answer of [await contentOf(id), await api.open(`/v1/artifacts/${id}/thumbnail`)]) {
    expect(answer.status).toBe(404);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('etag')).toBeNull();
  }
});

describe('there is nothing', () => {
  test("at another account's files, and at ids that nobody has", async () => {
    const paths = [`artifacts/${picture.id}`, `uploads/${movie.id}`].map((path) => `/v1/${path}/content`);
    for (const path of paths) expect((await api.open(path, { account: 'beta' })).status).toBe(404);
    for (const path of ['/v1/artifacts/x/content', '/v1/uploads/x/content', '/v1/uploads/x/thumbnail'])
      expect((await api.open(path)).status).toBe(404);
  });

  test('where retention has removed the bytes, and says so', async () => {
    const { id } = await storeArtifact(api, { callId: (await api.submit()).body.id, objectStore: api.objectStore });
    await api.database.updateTable('artifacts').set({ removed_at: new Date() }).where('id', '=', id).execute();

    expect((await contentOf(id)).status).toBe(410);
  });
});

function noting({ stream }: ObjectStore): ObjectStore['stream'] {
  return async (...request) => {
    const object = await stream(...request);
    if (object === undefined) return undefined;
    const given = holdsBack ? { ...object, body: firstByteOf(object.body) } : object;
    opened.push(given);
    return given;
  };
}

function firstByteOf(whole: Readable): Readable {
  whole.destroy();
  const body = new Readable({ read: () => undefined });
  body.push('x');
  return body;
}

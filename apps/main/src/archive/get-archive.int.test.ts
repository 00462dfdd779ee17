import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Batch, Call, Problem } from '@darkroom/contract';
import type { ObjectStore } from '@darkroom/platform-object-store';
import { readZip } from '@darkroom/testing';
import { goodBody } from '../../test/public-api.ts';
import { setUpStoringApi } from '../../test/set-up-storing-api.ts';
import { storeArtifact } from '../../test/store-artifact.ts';
import { until } from '../../test/until.ts';

/** What was opened in object storage since the test began. */
const opened: Readable[] = [];
const api = setUpStoringApi((objectStore) => ({ objectStore: { ...objectStore, stream: noting(objectStore) } }));
let batch: Batch;
let calls: Call[];

beforeEach(async () => {
  opened.length = 0;
  const prompts = ['a fox', 'an owl', 'das Meer', 'a fox'];
  const body = { calls: prompts.map((prompt) => ({ ...goodBody, input: { prompt } })) };
  batch = (await api.request<Batch>('/v1/batches', { method: 'POST', body })).body;
  const { items } = (await api.request<{ items: Call[] }>(`/v1/calls?batchId=${batch.id}`)).body;
  calls = items.reverse();
});

const archiveOf = (id: string) => api.open(`/v1/batches/${id}/archive`);
const unpack = async (answer: Response) => readZip(Buffer.from(await answer.arrayBuffer()));
const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A result of the batch's call at that place, in object storage unless `objectStore` is undefined. */
const store = (place: number, artifact: Partial<Parameters<typeof storeArtifact>[1]> = {}) =>
  storeArtifact(api, { callId: calls[place]?.id ?? '', objectStore: api.objectStore, ...artifact });

test('all results of a batch come as one ZIP, in its order, under readable names, byte for byte', async () => {
  const last = await store(2, { bytes: Buffer.from('the sea') });
  const first = await store(0, { bytes: Buffer.from('a fox') });
  const answer = await archiveOf(batch.id);

  expect(answer.headers.get('content-type')).toBe('application/zip');
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="darkroom-\d{4}-\d\d-\d\d-bat_\w+\.zip"$/,
  );
  expect((await unpack(answer)).map(({ name, content }) => [name, sha256Of(content)])).toEqual([
    ['1-nanobanana2-text-to-image-a-fox-1.png', first.sha256],
    ['3-nanobanana2-text-to-image-das-meer-1.png', last.sha256],
  ]);
});

test('no two files have one name: not of one prompt, of one call, nor of a submission that was made again', async () => {
  for (const place of [0, 3]) await store(place);
  await store(0, { position: 1 });
  await store(0, { attempt: 2 });

  expect((await unpack(await archiveOf(batch.id))).map(({ name }) => name)).toEqual([
    '1-nanobanana2-text-to-image-a-fox-1.png',
    '1-nanobanana2-text-to-image-a-fox-2.png',
    '1-2-nanobanana2-text-to-image-a-fox-1.png',
    '4-nanobanana2-text-to-image-a-fox-1.png',
  ]);
});

test('what retention has removed is left out', async () => {
  const { id } = await store(0);
  await api.database.updateTable('artifacts').set({ removed_at: new Date() }).where('id', '=', id).execute();

  expect(await unpack(await archiveOf(batch.id))).toEqual([]);
});

describe('where a file cannot be read', () => {
  test('from the beginning, the answer says so', async () => {
    await store(0, { objectStore: undefined });
    const answer = await api.request<Problem>(`/v1/batches/${batch.id}/archive`);

    expect([answer.status, answer.body.code]).toEqual([503, 'storage_unavailable']);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('content-disposition')).toBeNull();
  });

  test('in the middle, the connection breaks off, so that nobody takes a part for the whole', async () => {
    await store(0);
    await store(1, { objectStore: undefined });

    await expect(archiveOf(batch.id).then((answer) => answer.arrayBuffer())).rejects.toThrow();
  });
});

test('a client that leaves in the middle ends the reading from storage', async () => {
  const bytes = Buffer.alloc(16 * 1024 ** 2, 'x');
  for (const place of [0, 1, 2]) await store(place, { bytes });
  const leaving = new AbortController();
  const answer = await api.open(`/v1/batches/${batch.id}/archive`, { signal: leaving.signal });
  await answer.body?.getReader().read();
  leaving.abort();

  await until(
    () => opened.map(({ destroyed }) => destroyed),
    (areClosed) => areClosed.every(Boolean),
  );
  // Not by the store's limit for a connection on which nothing moves.
  expect(opened.map(({ readableEnded, errored }) => [readableEnded, errored])).toEqual([[false, null]]);
});

test("another account's batch is not there", async () => {
  expect((await api.open(`/v1/batches/${batch.id}/archive`, { account: 'beta' })).status).toBe(404);
  expect((await archiveOf('bat_x')).status).toBe(404);
});

function noting({ stream }: ObjectStore): ObjectStore['stream'] {
  return async (...request) => {
    const object = await stream(...request);
    if (object !== undefined) opened.push(object.body);
    return object;
  };
}

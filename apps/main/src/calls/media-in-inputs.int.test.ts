import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Call, createId, type Problem, type Upload } from '@darkroom/contract';
import { callingBack } from '../../test/calling-back.definition.ts';
import { sendFile } from '../../test/send-file.ts';
import { storeArtifact } from '../../test/store-artifact.ts';
import { film } from '../../test/movie-files.ts';
import { setUpStoringApi } from '../../test/set-up-storing-api.ts';
import { photo } from '../../test/upload-files.ts';
import type { AppDependencies } from '../app.ts';
import { createIntegrationCatalog } from '../integrations/integration-catalog.ts';

const nowhere = 'upl_01k3x5c5jyfvhbqm6w8r9c4r3n';
const enabled = [callingBack];
const catalog = createIntegrationCatalog({ definitions: enabled, enabled, overrules: {} });
const api = setUpStoringApi(() => ({ catalog, simulated: false }));
let ids: { image: string; video: string; ofBeta: string };
let artifacts: { image: string; video: string; ofBeta: string; removed: string };

beforeAll(async () => {
  const image = await photo('png');
  ids = {
    image: (await sendFile<Upload>(api, image)).body.id,
    video: (await sendFile<Upload>(api, film())).body.id,
    ofBeta: (await sendFile<Upload>(api, image, { account: 'beta' })).body.id,
  };
  const { id: callId } = (await api.submit({ body: bodyWith({}) })).body;
  const madeBy = async (more: object = {}) => (await storeArtifact(api, { callId, ...more })).id;
  artifacts = {
    image: await madeBy(),
    video: await madeBy({ contentType: 'video/mp4' }),
    ofBeta: await madeBy({ accountId: 'beta' }),
    removed: await madeBy(),
  };
  const removed = { removed_at: new Date() };
  await api.database.updateTable('artifacts').set(removed).where('id', '=', artifacts.removed).execute();
});

const bodyWith = (input: object) => ({ integration: 'calling-back', operation: 'draw', input });
const faultsOf = async (input: object) => {
  const { status, body } = await api.refused({ body: bodyWith(input) });
  return { status, faults: body.errors?.map(({ path, message }) => `${path} ${message}`) ?? [] };
};

test('an upload can be named wherever an input takes an image or a video, beside addresses', async () => {
  const input = {
    image: { uploadId: ids.image },
    images: ['https://example.com/a.png', { uploadId: ids.image }],
    clip: { uploadId: ids.video },
  };
  const accepted = await api.submit({ body: bodyWith(input) });

  expect([accepted.status, accepted.body.input]).toEqual([202, input]);
});

describe('an artifact of an earlier call', () => {
  const named = () => ({
    image: { artifactId: artifacts.image },
    images: [{ uploadId: ids.image }, { artifactId: artifacts.image }],
    clip: { artifactId: artifacts.video },
  });
  const madeFrom = async (artifactId: string, account: 'alpha' | 'beta' = 'alpha') =>
    (await api.request<{ items: Call[] }>(`/v1/calls?sourceArtifactId=${artifactId}`, { account })).body.items;

  test('can be named like an upload, and the call knows what it is made from, with each retry and in a batch', async () => {
    const accepted = (await api.submit({ body: bodyWith(named()) })).body;
    const sources = [artifacts.image, artifacts.video];
    await api.change(accepted.id, [{ type: 'call.cancelled', data: { billing: 'not_charged' } }]);
    const retry = await api.request<Call>(`/v1/calls/${accepted.id}/retry`, { method: 'POST' });
    const calls = [bodyWith({ image: { artifactId: artifacts.image } }), bodyWith({})];
    const batch = await api.request<{ id: string }>('/v1/batches', { method: 'POST', body: { calls } });
    const inBatch = (await api.request<{ items: Call[] }>(`/v1/calls?batchId=${batch.body.id}`)).body.items;

    expect([accepted.input, accepted.sourceArtifactIds]).toEqual([named(), sources]);
    expect((await api.request<Call>(`/v1/calls/${accepted.id}`)).body.sourceArtifactIds).toEqual(sources);
    expect([retry.status, retry.body.sourceArtifactIds]).toEqual([202, sources]);
    expect(inBatch.map(({ sourceArtifactIds }) => sourceArtifactIds)).toEqual([undefined, [artifacts.image]]);
    expect((await madeFrom(artifacts.image)).map(({ id }) => id)).toEqual([inBatch[1]?.id, retry.body.id, accepted.id]);
    expect((await madeFrom(artifacts.video)).map(({ id }) => id)).toEqual([retry.body.id, accepted.id]);
    expect([await madeFrom(artifacts.image, 'beta'), await madeFrom('art_x')]).toEqual([[], []]);
  });

  test('is known to the calls that name an upload which was made from it, with each retry', async () => {
    const sourceArtifactIds = [artifacts.image, artifacts.removed];
    const { status, body: cut } = await sendFile<Upload>(api, await photo('png'), { sourceArtifactIds });
    const images = [{ uploadId: cut.id }, { artifactId: artifacts.image }];
    const input = { image: { uploadId: cut.id }, images, clip: { artifactId: artifacts.video } };
    const accepted = (await api.submit({ body: bodyWith(input) })).body;
    await api.change(accepted.id, [{ type: 'call.cancelled', data: { billing: 'not_charged' } }]);
    const retry = (await api.request<Call>(`/v1/calls/${accepted.id}/retry`, { method: 'POST' })).body;
    const sources = [...sourceArtifactIds, artifacts.video];

    expect([status, cut.sourceArtifactIds]).toEqual([201, sourceArtifactIds]);
    expect((await api.request<Upload>(`/v1/uploads/${cut.id}`)).body).toEqual(cut);
    expect([accepted.sourceArtifactIds, retry.sourceArtifactIds]).toEqual([sources, sources]);
    expect((await madeFrom(artifacts.removed)).map(({ id }) => id)).toEqual([retry.id, accepted.id]);
  });

  test.each<[string, () => string[]]>([
    ["another account's", () => [artifacts.image, artifacts.ofBeta]],
    ['unknown', () => [createId('art')]],
    ['no id', () => [ids.image]],
  ])('is refused as what an upload was made from where it is %s', async (_name, sources) => {
    const before = await api.countRows('uploads');
    const { status, body } = await sendFile<Problem>(api, await photo('png'), { sourceArtifactIds: sources() });

    expect([status, body.errors?.[0]?.path]).toEqual([422, expect.stringMatching(/^\/sourceArtifactId/)]);
    expect(await api.countRows('uploads')).toBe(before);
  });

  const bad: [name: string, input: () => object, fault: RegExp][] = [
    [
      "another account's",
      () => ({ image: { artifactId: artifacts.ofBeta } }),
      /^\/input\/image\/artifactId is no artifact of/,
    ],
    [
      'unknown',
      () => ({ images: [{ artifactId: createId('art') }] }),
      /^\/input\/images\/0\/artifactId is no artifact of/,
    ],
    [
      'removed by retention',
      () => ({ image: { artifactId: artifacts.removed } }),
      /is no artifact of this account that is/,
    ],
    [
      'a video instead of an image',
      () => ({ image: { artifactId: artifacts.video } }),
      /must be an artifact of type image/,
    ],
    ['no id', () => ({ image: { artifactId: ids.image } }), /^\/input\/image\/artifactId must be an id/],
    [
      'named beside an upload',
      () => ({ image: { artifactId: artifacts.image, uploadId: ids.image } }),
      /^\/input\/image/,
    ],
  ];
  test.each(bad)('is refused where it is %s', async (_name, input, fault) => {
    const before = await api.countRows('calls');
    const { status, faults } = await faultsOf(input());

    expect([status, faults[0]]).toEqual([422, expect.stringMatching(fault)]);
    expect(await api.countRows('calls')).toBe(before);
  });
});

describe('a call is refused before anything is accepted where an upload', () => {
  const bad: [name: string, input: () => object, fault: RegExp][] = [
    ['does not exist', () => ({ image: { uploadId: nowhere } }), /^\/input\/image\/uploadId is no upload of this acc/],
    ["is another account's", () => ({ image: { uploadId: ids.ofBeta } }), /^\/input\/image\/uploadId is no upload of/],
    ['is a video instead of an image', () => ({ image: { uploadId: ids.video } }), /must be an upload of type image/],
    ['is an image instead of a video', () => ({ clip: { uploadId: ids.image } }), /must be an upload of type video/],
    [
      'is wrong in a list',
      () => ({ images: ['https://a.example/', { uploadId: nowhere }] }),
      /^\/input\/images\/1\/up/,
    ],
    ['has no id', () => ({ image: { uploadId: 'x' } }), /^\/input\/image\/uploadId must be an id/],
    [
      'has more than an id',
      () => ({ image: { uploadId: ids.image, url: 'x' } }),
      /^\/input\/image\/url is not a known/,
    ],
  ];

  test.each(bad)('%s', async (_name, input, fault) => {
    const before = await api.countRows('calls');
    const refusal = await faultsOf(input());

    expect(refusal).toEqual({ status: 422, faults: [expect.stringMatching(fault)] });
    expect(await api.countRows('calls')).toBe(before);
  });

  test('and something else are wrong, both being said', async () => {
    const { faults } = await faultsOf({ image: { uploadId: nowhere }, clip: 'http://10.0.0.1/a.mp4', colour: 'red' });

    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
      '/input/clip',
      '/input/colour',
      '/input/image/uploadId',
    ]);
  });
});

describe('an upload that the provider has to fetch by itself', () => {
  const input = () => ({ linked: { uploadId: ids.image } });
  const at = async (more: Partial<AppDependencies>) => {
    const other = await api.startAnother(more);
    try {
      return await other.request<{ errors?: { path: string; message: string }[] }>('/v1/calls', {
        method: 'POST',
        body: bodyWith(input()),
      });
    } finally {
      await other.close();
    }
  };

  test.each([
    ['no public address is known', {}],
    ['it is on this machine', { publicBaseUrl: 'http://localhost:3000' }],
    ['it is in a private network', { publicBaseUrl: 'http://192.168.1.7' }],
    ['the simulator is used without an address', { simulated: true }],
  ])('is refused where %s, saying what to configure', async (_name, more) => {
    const { status, body } = await at(more);

    expect([status, body.errors?.[0]?.path]).toEqual([422, '/input/linked/uploadId']);
    expect(body.errors?.[0]?.message).toContain('set PUBLIC_BASE_URL');
  });

  test.each([
    ['the address is public', { publicBaseUrl: 'https://darkroom.example.com' }],
    ['the provider is the simulator', { publicBaseUrl: 'http://localhost:3000', simulated: true }],
    ['its origin is allowed', { publicBaseUrl: 'http://10.0.0.1:3000', allowOrigins: ['http://10.0.0.1:3000'] }],
  ])('is accepted where %s', async (_name, more) => {
    expect((await at(more)).status).toBe(202);
  });
});

test('a call that was accepted still answers its key when its upload is gone', async () => {
  const headers = { 'idempotency-key': 'with-an-upload' };
  const body = bodyWith({ image: { uploadId: ids.image } });
  const first = await api.submit({ body, headers });
  await api.database.deleteFrom('uploads').where('id', '=', ids.image).execute();
  const again = await api.submit({ body, headers });

  expect([first.status, again.status, again.body.id]).toEqual([202, 202, first.body.id]);
});

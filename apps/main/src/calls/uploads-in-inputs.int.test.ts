import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Upload } from '@darkroom/contract';
import { createObjectStore, type ObjectStore } from '@darkroom/platform-object-store';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { callingBack } from '../../test/calling-back.definition.ts';
import { type PublicApi, startPublicApi } from '../../test/public-api.ts';
import { sendFile } from '../../test/send-file.ts';
import { film } from '../../test/movie-files.ts';
import { photo } from '../../test/upload-files.ts';
import type { AppDependencies } from '../app.ts';
import { createIntegrationCatalog } from '../integrations/integration-catalog.ts';

const nowhere = 'upl_01k3x5c5jyfvhbqm6w8r9c4r3n';
let middleware: TestMiddleware;
let objectStore: ObjectStore;
let api: PublicApi;
let ids: { image: string; video: string; ofBeta: string };

const enabled = [callingBack];
const catalog = createIntegrationCatalog({ definitions: enabled, enabled, overrules: {} });
let databaseUrl: string;
const start = (more: Partial<AppDependencies>) =>
  startPublicApi(databaseUrl, { objectStore, catalog, simulated: false, ...more });

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true, objectStore: true });
  const bucket = await middleware.objectStore.createBucket();
  objectStore = createObjectStore({ ...middleware.objectStore, bucket, objectKeyPrefix: 'test' });
  databaseUrl = await middleware.postgres.createDatabase();
  api = await start({});
  const image = await photo('png');
  ids = {
    image: (await sendFile<Upload>(api, image)).body.id,
    video: (await sendFile<Upload>(api, film())).body.id,
    ofBeta: (await sendFile<Upload>(api, image, { account: 'beta' })).body.id,
  };
});
afterAll(async () => {
  await api.close();
  objectStore.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

const bodyWith = (input: object) => ({ integration: 'calling-back', operation: 'draw', input });
const faultsOf = async (input: object, at = api) => {
  const { status, body } = await at.refused({ body: bodyWith(input) });
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
    const other = await start(more);
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

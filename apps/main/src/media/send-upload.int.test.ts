import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Upload, uploadKey } from '@darkroom/contract';
import { createUploadPath } from '@darkroom/integration-sdk/signed-links';
import { createObjectStore, type ObjectStore } from '@darkroom/platform-object-store';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { type PublicApi, startPublicApi, testCallbackSecret } from '../../test/public-api.ts';
import { sendFile } from '../../test/send-file.ts';
import { film } from '../../test/movie-files.ts';

let middleware: TestMiddleware;
let objectStore: ObjectStore;
let api: PublicApi;
let upload: Upload;

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true, objectStore: true });
  const bucket = await middleware.objectStore.createBucket();
  objectStore = createObjectStore({ ...middleware.objectStore, bucket, objectKeyPrefix: 'test' });
  api = await startPublicApi(await middleware.postgres.createDatabase(), { objectStore });
  upload = (await sendFile<Upload>(api, film())).body;
});
afterAll(async () => {
  await api.close();
  objectStore.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
const linkTo = ({
  accountId = 'alpha',
  uploadId = upload.id,
  expiresAt = inSeconds(60),
  secret = testCallbackSecret,
}) => createUploadPath(secret, { accountId, uploadId, expiresAt });
/** As a provider does: without a key, through a proxy. */
const fetchLink = (path: string, method = 'GET') =>
  fetch(`${api.url}${path}`, { method, headers: { 'x-forwarded-host': 'tunnel.example' } });

test('a signed link gives a provider the bytes that were stored, with their type and length', async () => {
  const key = uploadKey({ prefix: 'test', accountId: 'alpha', uploadId: upload.id });
  const answer = await fetchLink(linkTo({}));

  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from((await objectStore.get(key)) ?? []));
  for (const { headers } of [answer, await fetchLink(linkTo({}), 'HEAD')]) {
    expect(headers.get('content-type')).toBe('video/mp4');
    expect(headers.get('content-length')).toBe(String(upload.bytes));
    expect(headers.get('cache-control')).toContain('private');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

const badLinks: [name: string, link: () => string][] = [
  ['one that has expired', () => linkTo({ expiresAt: inSeconds(-1) })],
  ['one whose end was moved', () => linkTo({}).replace(/expires=\d+/, 'expires=99999999999')],
  ['one signed by another secret', () => linkTo({ secret: 'another-secret-of-16' })],
  ['one for another account', () => linkTo({ accountId: 'beta' })],
  ['one whose account was changed', () => linkTo({}).replace('account=alpha', 'account=beta')],
  ['one for another upload', () => linkTo({}).replace(upload.id, 'upl_01k3x5c5jyfvhbqm6w8r9c4r3n')],
  ['one for an upload that does not exist', () => linkTo({ uploadId: 'upl_01k3x5c5jyfvhbqm6w8r9c4r3n' })],
  ['one without a signature', () => linkTo({}).replace(/&signature=.*/, '')],
  ['one with two signatures', () => `${linkTo({})}&signature=x`],
  ['one without anything', () => `/media/${upload.id}`],
  ['one that names no upload', () => linkTo({}).replace(upload.id, '..%2F..%2Fetc')],
];

test.each(badLinks)('there is nothing behind %s', async (_name, link) => {
  const answer = await fetchLink(link());

  expect([answer.status, answer.headers.get('content-length') === String(upload.bytes)]).toEqual([404, false]);
});

test('storage that is away is said, with when to come again', async () => {
  const link = linkTo({});
  await middleware.objectStore.stop();
  const answer = await fetchLink(link);
  await middleware.objectStore.start();

  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect((await fetchLink(link)).status).toBe(200);
}, 60_000);

import { beforeAll, expect, test } from '@jest/globals';
import { type Upload, uploadKey } from '@darkroom/contract';
import { createMediaPath } from '@darkroom/integration-sdk/signed-links';
import { testCallbackSecret } from '../../test/public-api.ts';
import { storeArtifact } from '../../test/store-artifact.ts';
import { sendFile } from '../../test/send-file.ts';
import { film } from '../../test/movie-files.ts';
import { setUpStoringApi } from '../../test/set-up-storing-api.ts';

const api = setUpStoringApi(undefined, { wanted: { objectStore: true } });
let upload: Upload;
beforeAll(async () => {
  upload = (await sendFile<Upload>(api, film())).body;
});

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
const linkTo = ({
  accountId = 'alpha',
  mediaId = upload.id,
  expiresAt = inSeconds(600),
  secret = testCallbackSecret,
}) => createMediaPath(secret, { accountId, mediaId, expiresAt });
/** As a provider does: without a key, through a proxy. */
const fetchLink = (path: string, method = 'GET') =>
  fetch(`${api.url}${path}`, { method, headers: { 'x-forwarded-host': 'tunnel.example' } });

test('a signed link gives a provider the bytes that were stored, with their type and length', async () => {
  const key = uploadKey({ prefix: 'test', accountId: 'alpha', uploadId: upload.id });
  const answer = await fetchLink(linkTo({}));

  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from((await api.objectStore.get(key)) ?? []));
  for (const { headers } of [answer, await fetchLink(linkTo({}), 'HEAD')]) {
    expect(headers.get('content-type')).toBe('video/mp4');
    expect(headers.get('content-length')).toBe(String(upload.bytes));
    expect(headers.get('cache-control')).toContain('private');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('a signed link to an artifact gives its bytes, to another account nothing, and nothing once they were removed', async () => {
  const { id } = (await api.submit()).body;
  const artifact = await storeArtifact(api, { callId: id, objectStore: api.objectStore });
  const link = linkTo({ mediaId: artifact.id });
  const answer = await fetchLink(link);

  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(artifact.bytes);
  expect((await fetchLink(linkTo({ mediaId: artifact.id, accountId: 'beta' }))).status).toBe(404);
  await api.database.updateTable('artifacts').set({ removed_at: new Date() }).where('id', '=', artifact.id).execute();
  expect((await fetchLink(link)).status).toBe(404);
});

const badLinks: [name: string, link: () => string][] = [
  ['one that has expired', () => linkTo({ expiresAt: inSeconds(-1) })],
  ['one whose end was moved', () => linkTo({}).replace(/expires=\d+/, 'expires=99999999999')],
  ['one signed by another secret', () => linkTo({ secret: 'another-secret-of-16' })],
  ['one for another account', () => linkTo({ accountId: 'beta' })],
  ['one whose account was changed', () => linkTo({}).replace('account=alpha', 'account=beta')],
  ['one for another upload', () => linkTo({}).replace(upload.id, 'upl_01k3x5c5jyfvhbqm6w8r9c4r3n')],
  ['one for an upload that does not exist', () => linkTo({ mediaId: 'upl_01k3x5c5jyfvhbqm6w8r9c4r3n' })],
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
  await api.middleware.objectStore.stop();
  const answer = await fetchLink(link);
  await api.middleware.objectStore.start();

  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect((await fetchLink(link)).status).toBe(200);
});

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { storeAnsweredBy } from '../test/store-answered-by.ts';

// versitygw notes an object's ETag, which it asks when one may be written only once, before it gives the object its name. A second writer of the
// same bytes was told of a conflict with bytes that nobody had; where the server was killed in between, no writer could ever store them.

const bytes = Buffer.from('one');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const object = { key: 'results/a/1-0.png', bytes, contentType: 'image/png', sha256 };
const whole = { 'content-length': bytes.length, 'content-type': 'image/png', 'x-amz-meta-sha256': sha256 };

/** A store that refuses a second writer, and shows what the first one wrote only when it is asked for the given time. */
async function storeThatShowsItAtLook(shownAt: number) {
  const requests: string[] = [];
  const looks = () => requests.filter((request) => request === 'HEAD').length;
  const store = await storeAnsweredBy((request, response) => {
    requests.push(nameOf(request));
    request.resume();
    request.on('end', () => {
      if (request.method === 'HEAD') response.writeHead(looks() < shownAt ? 404 : 200, looks() < shownAt ? {} : whole);
      else response.writeHead(request.headers['if-none-match'] === '*' ? 412 : 200);
      response.end();
    });
  });
  return { store, requests };
}

const nameOf = ({ method, headers }: IncomingMessage) =>
  method === 'PUT' && headers['if-none-match'] === '*' ? 'PUT once' : String(method);

test('what another writer is just storing is looked for until it can be read', async () => {
  const { store, requests } = await storeThatShowsItAtLook(4);

  expect(await store.putIfAbsent(object)).toBe('exists');
  expect(requests).toEqual(['PUT once', 'HEAD', 'HEAD', 'HEAD', 'HEAD']);
});

test('other bytes that another writer is just storing are a conflict as soon as they can be read', async () => {
  const { store, requests } = await storeThatShowsItAtLook(2);
  const other = Buffer.from('two');
  const different = { ...object, bytes: other, sha256: createHash('sha256').update(other).digest('hex') };

  await expect(store.putIfAbsent(different)).rejects.toMatchObject({ code: 'conflict' });
  expect(requests).toEqual(['PUT once', 'HEAD', 'HEAD']);
});

test('what a killed server noted but never stored is stored', async () => {
  const { store, requests } = await storeThatShowsItAtLook(Number.POSITIVE_INFINITY);

  expect(await store.putIfAbsent(object)).toBe('stored');
  expect(requests.filter((request) => request !== 'HEAD')).toEqual(['PUT once', 'PUT once', 'PUT']);
  expect(requests.indexOf('HEAD')).toBe(1);
});

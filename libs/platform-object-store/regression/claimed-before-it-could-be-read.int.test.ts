import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createObjectStore } from '../src/create-object-store.ts';

// versitygw notes an object's ETag, which it asks when one may be written only once, before it gives the object its name. A second writer of the
// same bytes was told of a conflict with bytes that nobody had; where the server was killed in between, no writer could ever store them.

const bytes = Buffer.from('one');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const object = { key: 'results/a/1-0.png', bytes, contentType: 'image/png', sha256 };
const whole = { 'content-length': bytes.length, 'content-type': 'image/png', 'x-amz-meta-sha256': sha256 };
const stores: { close(): void }[] = [];
const servers: Server[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) store.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A store that refuses a second writer, and shows what the first one wrote only when it is asked for the given time. */
async function storeThatShowsItAtLook(shownAt: number) {
  const requests: string[] = [];
  const looks = () => requests.filter((request) => request === 'HEAD').length;
  const server = createServer((request, response) => {
    requests.push(nameOf(request));
    request.resume();
    request.on('end', () => {
      if (request.method === 'HEAD') response.writeHead(looks() < shownAt ? 404 : 200, looks() < shownAt ? {} : whole);
      else response.writeHead(request.headers['if-none-match'] === '*' ? 412 : 200);
      response.end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const store = createObjectStore({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    bucket: 'bucket',
    objectKeyPrefix: 'results',
  });
  stores.push(store);
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

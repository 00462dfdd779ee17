import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createObjectStore } from '../src/create-object-store.ts';

// versitygw refuses a second writer before it has read what that one sends, and of a large object ends the connection in the middle: whoever
// stored a video again was told that storage is away, as often as not.

const bytes = Buffer.from('one');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const object = { key: 'results/a/1-0.mp4', bytes, contentType: 'video/mp4', sha256 };
const stores: { close(): void }[] = [];
const servers: Server[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) store.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A store that cuts off whoever writes, and answers who looks. */
async function storeThatCutsOff(look: { status: number; sha256: string }) {
  const server = createServer((request, response) => {
    if (request.method === 'PUT') return void request.socket.resetAndDestroy();
    response.writeHead(look.status, { 'content-length': bytes.length, 'x-amz-meta-sha256': look.sha256 }).end();
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
  return store;
}

test('a repeat that is cut off finds what is stored', async () => {
  const store = await storeThatCutsOff({ status: 200, sha256 });

  expect(await store.putIfAbsent(object)).toBe('exists');
});

test('other bytes whose writing is cut off are a conflict', async () => {
  const store = await storeThatCutsOff({ status: 200, sha256: createHash('sha256').update('two').digest('hex') });

  await expect(store.putIfAbsent(object)).rejects.toMatchObject({ code: 'conflict' });
});

test('a first write that is cut off is tried again later', async () => {
  const store = await storeThatCutsOff({ status: 404, sha256 });

  await expect(store.putIfAbsent(object)).rejects.toMatchObject({ code: 'unavailable' });
});

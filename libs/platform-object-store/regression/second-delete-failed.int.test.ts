import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { createObjectStore } from '../src/create-object-store.ts';

// versitygw answers 404 to the second of two who delete an object at the same time: retention and who draws a thumbnail meanwhile, or two
// executions of the same step of retention. That failed.

/** What deleting an object answers where the store knows no such thing. */
async function deleteWhere(code: 'NoSuchKey' | 'NoSuchBucket') {
  const server = createServer((request, response) => {
    response.writeHead(404, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const store = createObjectStore({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    bucket: 'bucket',
    objectKeyPrefix: 'results',
  });
  try {
    return await store.delete('results/a/1-0.png');
  } finally {
    store.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('an object that somebody else is just deleting is deleted', async () => {
  expect(await deleteWhere('NoSuchKey')).toBeUndefined();
});

test('to delete from a bucket that is missing fails', async () => {
  await expect(deleteWhere('NoSuchBucket')).rejects.toMatchObject({ code: 'not_found' });
});

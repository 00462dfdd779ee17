import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { storeAnsweredBy } from '../test/store-answered-by.ts';

// versitygw refuses a second writer before it has read what that one sends, and of a large object ends the connection in the middle: whoever
// stored a video again was told that storage is away, as often as not.

const bytes = Buffer.from('one');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const object = { key: 'results/a/1-0.mp4', bytes, contentType: 'video/mp4', sha256 };

/** A store that cuts off whoever writes, and answers who looks. */
function storeThatCutsOff(look: { status: number; sha256: string }) {
  return storeAnsweredBy((request, response) => {
    if (request.method === 'PUT') return void request.socket.resetAndDestroy();
    response.writeHead(look.status, { 'content-length': bytes.length, 'x-amz-meta-sha256': look.sha256 }).end();
  });
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

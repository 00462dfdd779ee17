import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { createObjectStore } from './create-object-store.ts';
import type { ObjectStore, ObjectStoreConfig } from './object-store.ts';

let middleware: TestMiddleware;
let config: ObjectStoreConfig;
let store: ObjectStore;

beforeAll(async () => {
  middleware = await startTestMiddleware({ objectStore: true });
});

beforeEach(async () => {
  const { endpoint, region, accessKeyId, secretAccessKey } = middleware.objectStore;
  const bucket = await middleware.objectStore.createBucket();
  config = { endpoint, region, accessKeyId, secretAccessKey, bucket, objectKeyPrefix: 'results' };
  store = createObjectStore(config);
});

afterEach(() => store.close());

afterAll(async () => {
  await middleware.stop();
  await expectNoLeakedProcesses();
});

const textOf = async (key: string) => {
  const bytes = await store.get(key);
  return bytes && Buffer.from(bytes).toString();
};
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const image = (text: string) => {
  const bytes = Buffer.from(text);
  return { key: 'results/a/1-0.png', bytes, contentType: 'image/png', sha256: sha256(bytes) };
};

describe('storing once', () => {
  test('keeps the bytes, their type and their hash', async () => {
    expect(await store.putIfAbsent(image('one'))).toBe('stored');
    expect(await textOf('results/a/1-0.png')).toBe('one');
    expect(await store.head('results/a/1-0.png')).toEqual({
      bytes: 3,
      contentType: 'image/png',
      sha256: image('one').sha256,
    });
  });

  test('a repeat with the same bytes succeeds, one with other bytes fails and changes nothing', async () => {
    await store.putIfAbsent(image('one'));
    expect(await store.putIfAbsent(image('one'))).toBe('exists');
    await expect(store.putIfAbsent(image('two'))).rejects.toMatchObject({ code: 'conflict', retryable: false });
    expect(await textOf('results/a/1-0.png')).toBe('one');
  });

  test('of ten at once with the same bytes all succeed, of ten with different bytes one', async () => {
    const same = await Promise.all(Array.from({ length: 10 }, () => store.putIfAbsent(image('same'))));
    expect(same.every((answer) => answer === 'stored' || answer === 'exists')).toBe(true);
    const other = (n: number) => ({ ...image(`number ${n}`), key: 'results/b' });
    const different = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => store.putIfAbsent(other(n))));
    expect(different.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('the store refuses bytes that do not have the hash they claim', async () => {
    await expect(store.putIfAbsent({ ...image('one'), sha256: sha256(Buffer.from('other')) })).rejects.toThrow();
    expect(await store.head('results/a/1-0.png')).toBeUndefined();
  });
});

test('gives an object as a stream with its length, and undefined where there is none', async () => {
  await store.putIfAbsent(image('one'));
  const object = await store.stream('results/a/1-0.png');

  expect(object?.bytes).toBe(3);
  expect(Buffer.concat(await object!.body.toArray()).toString()).toBe('one');
  expect(await store.stream('results/none')).toBeUndefined();
});

test('gives a part of an object, from its first to its last byte', async () => {
  await store.putIfAbsent(image('one'));
  const part = await store.stream('results/a/1-0.png', { range: { first: 1, last: 2 } });

  expect(part?.bytes).toBe(2);
  expect(Buffer.concat(await part!.body.toArray()).toString()).toBe('ne');
});

test('a signed address downloads under a readable name, and only until it expires', async () => {
  await store.putIfAbsent(image('one'));
  const url = await store.presignDownload({
    key: 'results/a/1-0.png',
    fileName: 'nanobanana2 "Äpfel".png',
    contentType: 'image/png',
    expiresSeconds: 300,
  });
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename="nanobanana2 __pfel_.png"; filename*=UTF-8''nanobanana2%20%22%C3%84pfel%22.png`,
  );
  expect(await answer.text()).toBe('one');
  expect((await fetch(url.replace('X-Amz-Expires=300', 'X-Amz-Expires=301'))).status).toBe(403);
});

test('a deleted or unknown object is absent', async () => {
  await store.put({ key: 'results/x', bytes: Buffer.from('x') });
  await store.delete('results/x');
  expect(await store.head('results/x')).toBeUndefined();
  expect(await store.get('results/x')).toBeUndefined();
  const nowhere = createObjectStore({ ...config, bucket: `${config.bucket}-none` });
  await expect(nowhere.get('results/x')).rejects.toMatchObject({ code: 'not_found' });
  nowhere.close();
});

test('an object that is larger than its reader takes is not read', async () => {
  await store.put({ key: 'results/large', bytes: Buffer.alloc(8 * 1024 * 1024) });
  await expect(store.get('results/large', { maxBytes: 1000 })).rejects.toMatchObject({ code: 'too_large' });
  expect((await store.get('results/large', { maxBytes: 8 * 1024 * 1024 }))?.byteLength).toBe(8 * 1024 * 1024);
});

describe('the bucket', () => {
  test('is created where it is missing, by several processes at once too', async () => {
    const missing = createObjectStore({ ...config, bucket: `${config.bucket}-new` });
    await Promise.all([missing.ensureBucket(), missing.ensureBucket(), missing.ensureBucket()]);
    await missing.probe();
    missing.close();
  });

  test('credentials that may not use it end with its name and the right that is missing', async () => {
    const stranger = createObjectStore({ ...config, secretAccessKey: 'wrong' });
    await expect(stranger.ensureBucket()).rejects.toMatchObject({
      code: 'denied',
      message: expect.stringMatching(new RegExp(`"${config.bucket}".*s3:PutObject`)) as unknown,
    });
    stranger.close();
  });

  test('credentials that may not create a missing one end with its name and that right', async () => {
    const strict = createServer((request, response) => response.writeHead(request.method === 'HEAD' ? 404 : 403).end());
    await new Promise<void>((resolve) => strict.listen(0, '127.0.0.1', resolve));
    const { port } = strict.address() as AddressInfo;
    const visitor = createObjectStore({ ...config, endpoint: `http://127.0.0.1:${port}`, bucket: 'not-there' });
    await expect(visitor.ensureBucket()).rejects.toMatchObject({
      code: 'denied',
      message: expect.stringMatching(/"not-there" does not exist.*s3:CreateBucket/) as unknown,
    });
    visitor.close();
    strict.closeAllConnections();
    await new Promise((resolve) => strict.close(resolve));
  });
});

test('a store that is away fails as unavailable after a second attempt, and works when it is back', async () => {
  await middleware.objectStore.stop();
  let attempts = 0;
  const dying = createServer().on('connection', (socket) => {
    attempts += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => dying.listen(Number(new URL(config.endpoint).port), '127.0.0.1', resolve));
  await expect(store.probe()).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  expect(attempts).toBe(2);
  await new Promise((resolve) => dying.close(resolve));
  await expect(store.probe()).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  await expect(store.ensureBucket()).rejects.toMatchObject({ code: 'unavailable' });
  await middleware.objectStore.start();
  await store.probe();
});

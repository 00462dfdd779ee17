import { existsSync } from 'node:fs';
import { ListBucketsCommand, PutObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { expectNoLeakedProcesses } from './leaked-processes.ts';
import { startTestMiddleware, type TestMiddleware } from './start-test-middleware.ts';

let middleware: TestMiddleware;

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true, temporal: true, objectStore: true });
});

afterAll(async () => {
  await middleware.stop();
  expect(existsSync(middleware.directory)).toBe(false);
  await expectNoLeakedProcesses();
});

describe('PostgreSQL for tests', () => {
  test('keeps what was committed when the server is killed and started again', async () => {
    const url = await middleware.postgres.createDatabase();
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await middleware.postgres.kill();
    await expect(query(url, 'SELECT 1')).rejects.toThrow();
    await middleware.postgres.start();
    expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('gives each test an empty database of its own', async () => {
    const [one, other] = await Promise.all([
      middleware.postgres.createDatabase(),
      middleware.postgres.createDatabase(),
    ]);
    await query(one, 'CREATE TABLE mine ()');
    expect(await query(other, "SELECT 1 FROM pg_tables WHERE tablename = 'mine'")).toEqual([]);
  });
});

describe('the object store for tests', () => {
  test('keeps objects while it is stopped and started again', async () => {
    const bucket = await middleware.objectStore.createBucket();
    const client = s3Client();
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: 'a/b.txt', Body: 'bytes', ContentType: 'text/plain' }),
    );
    await middleware.objectStore.stop();
    await expect(client.send(new ListBucketsCommand({}))).rejects.toThrow();
    await middleware.objectStore.start();
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'a/b.txt' }));
    expect([await object.Body?.transformToString(), object.ContentType]).toEqual(['bytes', 'text/plain']);
    client.destroy();
  });

  test('refuses a wrong secret', async () => {
    const client = s3Client('another-secret-key');
    await expect(client.send(new ListBucketsCommand({}))).rejects.toThrow(/signature/i);
    client.destroy();
  });
});

describe('Temporal for tests', () => {
  test('comes back on the same address after a kill', async () => {
    const { address } = middleware.temporal;
    await middleware.temporal.kill();
    expect(middleware.temporal.isRunning()).toBe(false);
    await middleware.temporal.start();
    expect(middleware.temporal.isRunning()).toBe(true);
    expect(middleware.temporal.address).toBe(address);
  });
});

test('a middleware that was not asked for says how to ask', async () => {
  const nothing = await startTestMiddleware({});
  expect(() => nothing.postgres).toThrow('startTestMiddleware({ postgres: true })');
  await nothing.stop();
});

function s3Client(secretAccessKey = middleware.objectStore.secretAccessKey): S3Client {
  const { endpoint, region, accessKeyId } = middleware.objectStore;
  return new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
  });
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

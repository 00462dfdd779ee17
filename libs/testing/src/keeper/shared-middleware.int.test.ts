import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, expect, test } from '@jest/globals';
import { Client } from 'pg';
import {
  startTestMiddleware,
  type TestMiddleware,
  type TestMiddlewareOptions,
} from '../middleware/start-test-middleware.ts';
import { expectNoLeakedProcesses } from '../middleware/leaked-processes.ts';

const borrowed: TestMiddleware[] = [];
const keeperUrl = process.env['DARKROOM_TEST_KEEPER'];

afterEach(async () => {
  process.env['DARKROOM_TEST_KEEPER'] = keeperUrl;
  await Promise.all(borrowed.splice(0).map((middleware) => middleware.stop()));
  await expectNoLeakedProcesses();
});

async function borrow(options: TestMiddlewareOptions): Promise<TestMiddleware> {
  const middleware = await startTestMiddleware(options);
  borrowed.push(middleware);
  return middleware;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client
    .query<Record<string, unknown>>(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

test('test files have the same PostgreSQL, and what one of them made goes when that one is done', async () => {
  const [one, other] = [await borrow({ postgres: 'shared' }), await borrow({ postgres: 'shared' })];
  const [mine, theirs] = [await one.postgres.createDatabase(), await other.postgres.createDatabase()];
  expect(other.postgres.port).toBe(one.postgres.port);
  await query(mine, 'create table made ()');

  borrowed.splice(borrowed.indexOf(one), 1);
  await one.stop();
  await expect(query(mine, 'select 1')).rejects.toThrow('does not exist');
  expect(await query(theirs, "select 1 from pg_tables where tablename = 'made'")).toEqual([]);
});

test('a file that leaves a connection open fails', async () => {
  const middleware = await startTestMiddleware({ postgres: 'shared' });
  const client = new Client({ connectionString: await middleware.postgres.createDatabase() });
  await client.connect();
  await expect(middleware.stop()).rejects.toThrow('is being accessed by other users');
  await client.end();
});

test('each file has a namespace of its own in the Temporal, and a bucket in the object store', async () => {
  const options = { temporal: 'shared', objectStore: 'shared' } as const;
  const [one, other] = [await borrow(options), await borrow(options)];
  expect(other.temporal.address).toBe(one.temporal.address);
  expect(other.temporal.namespace).not.toBe(one.temporal.namespace);

  const { endpoint, region, accessKeyId, secretAccessKey } = other.objectStore;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  await client.send(new HeadBucketCommand({ Bucket: await one.objectStore.createBucket() }));
  client.destroy();
});

test('what all have can be neither stopped nor killed, and says how to have one of its own', async () => {
  const { postgres } = await borrow({ postgres: 'shared' });
  for (const verb of ['stop', 'kill'] as const)
    expect(() => postgres[verb]()).toThrow('startTestMiddleware({ postgres: true })');
});

test('a run that shares nothing says how to share', async () => {
  delete process.env['DARKROOM_TEST_KEEPER'];
  await expect(startTestMiddleware({ temporal: 'shared' })).rejects.toThrow('jest.preset.mjs');
});

test('all of it ends when the run has ended, or was killed', async () => {
  const keeper = spawn(process.execPath, ['--conditions=@darkroom/source', join(import.meta.dirname, 'keeper.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(keeper, 'exit');
  const [url] = (await once(keeper.stdout.setEncoding('utf8'), 'data')) as [string];
  process.env['DARKROOM_TEST_KEEPER'] = url.trim();
  const { postgres } = await startTestMiddleware({ postgres: 'shared' });
  expect(await isListening(postgres.port)).toBe(true);

  keeper.stdin.end();
  expect(await ended).toEqual([0, null]);
  expect(await isListening(postgres.port)).toBe(false);
});

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

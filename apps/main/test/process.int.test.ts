import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Call } from '@darkroom/contract';
import { createDatabase, createPool, migrate } from '@darkroom/platform-postgres';
import {
  expectNoLeakedProcesses,
  findFreePort,
  startService,
  startTestMiddleware,
  type TestMiddleware,
  type TestService,
} from '@darkroom/testing';
import { until } from './until.ts';
import { untilBlocked } from './until-blocked.ts';

let middleware: TestMiddleware;
const started: TestService[] = [];
/** Nothing listens there, and no test comes to listen there, as on a port that was free a moment ago. */
const nobody = '127.0.0.1:1';

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: 'shared' });
});
afterEach(() => Promise.all(started.splice(0).map((service) => service.stop())));
afterAll(async () => {
  await middleware.stop();
  await expectNoLeakedProcesses();
});

/** Starts main beside a PostgreSQL, with Temporal and object storage away. */
async function startMain(more: Record<string, string> = {}): Promise<TestService> {
  const [port, internalPort] = [await findFreePort(), await findFreePort()];
  const main = await startService({
    name: 'main',
    entry: 'apps/main/src/server.ts',
    port,
    env: {
      PORT: String(port),
      INTERNAL_PORT: String(internalPort),
      INTERNAL_TOKEN: 'a-token-of-thirty-two-characters',
      CALLBACK_SECRET: 'a-secret-of-thirty-two-characters',
      TOKEN_SECRET: 'another-secret-of-thirty-two-char',
      DATABASE_URL: await middleware.postgres.createDatabase(),
      TEMPORAL_HOST: nobody,
      TEMPORAL_NAMESPACE: 'default',
      TEMP_DIR: join(middleware.directory, 'temp'),
      S3_ENDPOINT: `http://${nobody}`,
      S3_REGION: 'us-east-1',
      S3_BUCKET: 'darkroom',
      S3_ACCESS_KEY_ID: 'an-access-key',
      S3_SECRET_ACCESS_KEY: 'an-access-secret',
      S3_OBJECT_KEY_PREFIX: 'darkroom',
      ...more,
    },
  });
  started.push(main);
  return main;
}

test('accepts calls while Temporal and object storage are away, says so, and stops with 0 although a stream is open', async () => {
  const main = await startMain();
  await main.waitUntilReady(45);
  const accepted = await fetch(`${main.url}/v1/calls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      integration: 'nanobanana2',
      operation: 'text-to-image',
      input: { prompt: 'a lighthouse at dawn' },
    }),
  });
  const call = (await accepted.json()) as Call;
  // What does not answer within two seconds counts as away, PostgreSQL too.
  const readiness = await until(
    async () => (await (await fetch(`${main.url}/readyz`)).json()) as { status: string },
    ({ status }) => status === 'degraded',
  );
  const stream = await fetch(call.urls.events, { headers: { accept: 'text/event-stream' } });

  expect([accepted.status, call.status, call.waitingFor, call.simulated]).toEqual([202, 'pending', 'engine', false]);
  expect(call.urls.self).toBe(`${main.url}/v1/calls/${call.id}`);
  expect(readiness).toMatchObject({
    status: 'degraded',
    dependencies: { postgres: { status: 'up' }, temporal: { status: 'down' }, storage: { status: 'down' } },
  });
  expect(await main.stop()).toEqual({ code: 0, signal: null });
  expect(await stream.text()).toContain('event: call.accepted');
  expect(await readdir(join(middleware.directory, 'temp/darkroom-processes'))).toEqual(['guard.lock']);
});

test('waits for a database that is away when it starts, and can be stopped meanwhile', async () => {
  const main = await startMain({ DATABASE_URL: `postgresql://darkroom@${nobody}/darkroom` });
  await main.waitForLog('PostgreSQL does not answer', 45);

  expect(await main.stop()).toEqual({ code: 0, signal: null });
});

test('waits for another process that migrates its database, and can be stopped meanwhile', async () => {
  const url = await middleware.postgres.createDatabase();
  const pool = createPool({
    connectionString: url,
    max: 2,
    applicationName: 'another',
    onConnectionLost: () => undefined,
  });
  const database = createDatabase(pool);
  const slow = Promise.withResolvers<void>();
  const migrating = migrate(database, { '0001-slow': { up: () => slow.promise } });
  try {
    const main = await startMain({ DATABASE_URL: url });
    await untilBlocked(pool, 1);
    expect(await main.stop()).toEqual({ code: 0, signal: null });
  } finally {
    slow.resolve();
    await migrating;
    await database.destroy();
  }
});

test.each([
  ['an integration that is not installed', { ENABLED_INTEGRATIONS: 'midday' }, 'ENABLED_INTEGRATIONS names "midday"'],
  [
    'limits of an operation that does not exist',
    { OPERATION_LIMITS: '{"nanobanana2/song":{}}' },
    'OPERATION_LIMITS names nanobanana2/song',
  ],
  [
    'one queue for two integrations',
    { INTEGRATIONS_DENY_LIST: '', ENABLED_INTEGRATIONS: 'example,nanobanana2', TEMPORAL_TASK_QUEUE: 'mine' },
    'TEMPORAL_TASK_QUEUE takes the place of one queue, and 2 integrations are enabled',
  ],
  [
    'a provider of requests that is not enabled',
    { ENABLED_INTEGRATIONS: 'nanobanana2', VIDEO_PROVIDER: 'veo' },
    'VIDEO_PROVIDER names "veo", which cannot make video requests: the integration is disabled. Add "veo" to ENABLED_INTEGRATIONS',
  ],
  ['a setting that is missing', { S3_BUCKET: '' }, 'S3_BUCKET is not set'],
])('ends with a message about %s', async (_name, more, message) => {
  const main = await startMain(more);
  const { code } = await main.exited;

  expect(code).not.toBe(0);
  expect(main.logs()).toContain(message);
});

test('loads no Worker of Temporal, since it runs none', async () => {
  const script = `
    import './src/config.ts';
    import './src/start-main.ts';
    import { createRequire } from 'node:module';
    process.stdout.write(Object.keys(createRequire(import.meta.url).cache).join('\\n'));
  `;
  const options = ['--conditions=@darkroom/source', '--disable-warning=ExperimentalWarning', '--input-type=module'];
  const { stdout } = await promisify(execFile)(process.execPath, [...options, '--eval', script], {
    cwd: dirname(import.meta.dirname),
  });

  expect(stdout).toContain('@temporalio/client/lib');
  expect(stdout).not.toContain('@temporalio/worker/lib');
});

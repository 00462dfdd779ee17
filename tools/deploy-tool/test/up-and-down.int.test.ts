import { chmodSync, existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { findFreePort } from '../src/ports/free-port.ts';
import { waitUntil } from '../src/process/wait-until.ts';
import { createFixtureCheckout, type FixtureCheckout } from './fixture-checkout.ts';

let checkout: FixtureCheckout;

beforeEach(async () => {
  checkout = await createFixtureCheckout();
});

afterEach(async () => {
  await checkout.remove();
  await checkout.untilGone();
});

test('two commands at the same time start one PostgreSQL, which down stops', async () => {
  const [one, other] = await Promise.all([checkout.run(['up', 'postgres']), checkout.run(['up', 'postgres'])]);
  expect([one.code, other.code]).toEqual([0, 0]);
  expect(checkout.countPostgresServers()).toBe(1);
  // Each command may have started one; those that find the lock taken leave.
  const isAlone = () => checkout.processes().filter((line) => line.includes('supervisor-process')).length === 1;
  expect(await waitUntil(isAlone, { timeoutMilliseconds: 30_000 })).toBe(true);

  expect(await checkout.run(['down'])).toMatchObject({
    code: 0,
    output: expect.stringContaining('Everything is down'),
  });
  await checkout.untilGone();
});

test('down where nothing runs says so', async () => {
  expect(await checkout.run(['down'])).toMatchObject({
    code: 0,
    output: expect.stringContaining('Nothing was running'),
  });
});

test('a service is started after what it needs, and told where it is', async () => {
  const { code, output } = await checkout.run(['up']);
  expect({ code, output }).toMatchObject({
    code: 0,
    output: expect.stringContaining(`http://localhost:${checkout.ports.service}`),
  });
  expect(output.indexOf('postgres ')).toBeLessThan(output.indexOf('fixture '));
  expect(await checkout.status()).toMatchObject({
    postgres: { status: 'ready', problem: null },
    fixture: { status: 'ready', problem: null, ports: [checkout.ports.service] },
  });
});

test('a service that starts after another waits for it where both are started, and runs without it', async () => {
  const file = join(checkout.root, 'deploy', 'deploy.json');
  const described = JSON.parse(readFileSync(file, 'utf8')) as { services: Record<string, Record<string, unknown>> };
  const ports = { http: { variable: 'LATER_PORT', default: await findFreePort() } };
  const environment = { FIXTURE_PORT: '${LATER_PORT}', FIXTURE_JOURNAL: '${DATA_DIRECTORY}/journal-of-later' };
  const { dependsOn: _dependsOn, ...fixture } = described.services['fixture'] ?? {};
  described.services['later'] = { ...fixture, ports, environment, addresses: {}, startsAfter: ['fixture'] };
  writeFileSync(file, JSON.stringify(described));

  const both = await checkout.run(['up']);
  expect(both).toMatchObject({ code: 0 });
  const [fixtureReady, laterReady] = ['fixture', 'later'].map((name) =>
    both.output.search(new RegExp(`${name} +ready`)),
  );
  expect(fixtureReady).toBeGreaterThan(-1);
  expect(laterReady).toBeGreaterThan(fixtureReady ?? Number.NaN);
  await checkout.run(['down']);
  expect(await checkout.run(['up', 'later'])).toMatchObject({ code: 0 });
  expect(await checkout.status()).toMatchObject({ later: { status: 'ready' }, fixture: { status: 'stopped' } });
});

test('a killed supervisor leaves processes that the next up stops, on the same data', async () => {
  await checkout.run(['up']);
  await query("CREATE TABLE kept AS SELECT 'yes' AS still_there");
  const before = await checkout.status();
  process.kill(checkout.supervisorPid(), 'SIGKILL');

  const { code, output } = await checkout.run(['up']);
  expect({ code, output }).toMatchObject({ code: 0 });
  const after = await checkout.status();
  expect(after['postgres']?.pid).not.toBe(before['postgres']?.pid);
  expect(checkout.countPostgresServers()).toBe(1);
  expect(checkout.journal().filter((line) => line.startsWith('started'))).toHaveLength(2);
  expect(await query('SELECT still_there FROM kept')).toEqual([{ still_there: 'yes' }]);
});

test('down stops what a killed supervisor has left', async () => {
  await checkout.run(['up']);
  process.kill(checkout.supervisorPid(), 'SIGKILL');
  expect(await checkout.run(['down'])).toMatchObject({
    code: 0,
    output: expect.stringMatching(/left behind: .*postgres/),
  });
  await checkout.untilGone();
});

test('a taken port is told with its variable and its holder, and nothing is started', async () => {
  const server = await listen(checkout.ports.service);
  const { code, output } = await checkout.run(['up']);
  server.close();
  expect(code).toBe(1);
  expect(output).not.toMatch(/\bat .*:\d+:\d+/);
  expect(output).toMatch(
    new RegExp(
      `^Port ${checkout.ports.service}, which fixture needs, is taken by process ${process.pid} .*set FIXTURE_PORT to a free port`,
      // A supervisor that takes its time is told of before.
      'm',
    ),
  );
  expect(checkout.processes().filter((line) => line.includes('postgres -D'))).toEqual([]);
});

test('.env changes a port, and the environment comes before it', async () => {
  const { postgres, service } = checkout.ports;
  writeFileSync(join(checkout.root, '.env'), `FIXTURE_PORT=${service}0000\nPOSTGRES_PORT=${postgres}\n`);
  expect(await checkout.run(['up'])).toMatchObject({
    code: 1,
    output: expect.stringContaining('FIXTURE_PORT is no port'),
  });
  expect(await checkout.run(['up'], { FIXTURE_PORT: String(service) })).toMatchObject({ code: 0 });
  writeFileSync(join(checkout.root, '.env'), '');
});

test('other settings than those that run are refused, with the way out', async () => {
  await checkout.run(['up', 'postgres']);
  const { code, output } = await checkout.run(['up', 'postgres'], { POSTGRES_PORT: String(await findFreePort()) });
  expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('npx darkroom down') });
});

test('with DATABASE_URL no PostgreSQL is started', async () => {
  expect(await checkout.run(['up'], { DATABASE_URL: 'postgresql://elsewhere/db' })).toMatchObject({ code: 0 });
  expect(checkout.processes().filter((line) => line.includes('postgres -D'))).toEqual([]);
});

test('a service that does not come up fails the command with its last lines', async () => {
  const { code, output } = await checkout.run(['up'], { FIXTURE_FAULT: 'the film is missing' });
  expect(code).toBe(1);
  expect(output).toContain('fixture ended with exit code 1 before it was ready. Its last lines:');
  expect(output).toContain('the film is missing');
});

test('a middleware that does not come up fails the command once, and what needs it is not started', async () => {
  const deployFile = join(checkout.root, 'deploy/deploy.json');
  const broken = readFileSync(deployFile, 'utf8').replace('"fsync":"off"', '"fsync":"perhaps"');
  writeFileSync(deployFile, broken);
  const { code, output } = await checkout.run(['up']);
  expect(code).toBe(1);
  expect(output.match(/before it was ready/g)).toHaveLength(1);
  expect(output).toContain('parameter "fsync" requires a Boolean value');
  expect(checkout.journal()).toEqual([]);
});

test('a service that dies is started again, and its last lines are told', async () => {
  const started = await checkout.launch(['start']);
  await started.waitFor('Darkroom is ready');
  await fetch(`http://127.0.0.1:${checkout.ports.service}/die`).catch(() => undefined);
  await started.waitFor('the shutter is stuck');
  await started.waitFor('It is started again in 0.5 s');
  const starts = () => checkout.journal().filter((line) => line.startsWith('started')).length;
  expect(await waitUntil(() => starts() === 2, { timeoutMilliseconds: 30_000 })).toBe(true);
  started.signal('SIGINT');
  expect((await started.exited).code).toBe(0);
});

test('a checkout that only its owner may enter works, for root as well', async () => {
  chmodSync(checkout.root, 0o700);
  expect(await checkout.run(['up', 'postgres'])).toMatchObject({ code: 0 });
  await query("CREATE TABLE kept AS SELECT 'yes' AS still_there");
  await checkout.run(['down']);
  await checkout.run(['up', 'postgres']);
  expect(await query('SELECT still_there FROM kept')).toEqual([{ still_there: 'yes' }]);

  const movedTo = join(checkout.root, '.darkroom/postgres/moved-to');
  expect(existsSync(movedTo)).toBe(process.getuid?.() === 0);
  await checkout.run(['down']);
  if (existsSync(movedTo)) rmSync(realpathSync(movedTo), { recursive: true });
});

test('logs shows what a component has printed', async () => {
  await checkout.run(['up', 'postgres']);
  expect((await checkout.run(['logs', 'postgres'])).output).toContain('database system is ready to accept connections');
  expect(await checkout.run(['logs', 'nothing'])).toMatchObject({
    code: 1,
    output: expect.stringContaining('It describes: postgres, fixture'),
  });
});

async function query(sql: string): Promise<unknown[]> {
  const password = readFileSync(join(checkout.root, '.darkroom/secrets/postgres-password'), 'utf8');
  const client = new Client({
    host: '127.0.0.1',
    port: checkout.ports.postgres,
    user: 'darkroom',
    password,
    database: 'darkroom',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
  });
}

import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware, until } from '@darkroom/testing';
import { sql, type Transaction } from 'kysely';
import { createDatabase } from './create-database.ts';
import { createPool, never } from './create-pool.ts';
import { migrate, type Migrations } from './migrate.ts';

interface Schema {
  counters: { name: string; value: number };
}

let middleware: TestMiddleware;

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true });
});

afterAll(async () => {
  await middleware.stop();
  await expectNoLeakedProcesses();
});

const migrations: Migrations = {
  '0001-counters': {
    up: async (database) => void (await sql`create table counters (name text, value bigint)`.execute(database)),
  },
  '0002-first': {
    up: async (database) => void (await sql`insert into counters values ('first', 9007199254740991)`.execute(database)),
  },
};

async function open(onConnectionLost: (error: Error) => void = () => undefined) {
  const connectionString = await middleware.postgres.createDatabase();
  return createDatabase<Schema>(createPool({ connectionString, max: 4, applicationName: 'test', onConnectionLost }));
}

test('five processes that migrate at once apply each migration once', async () => {
  const connectionString = await middleware.postgres.createDatabase();
  const databases = Array.from({ length: 5 }, () =>
    createDatabase<Schema>(
      createPool({ connectionString, max: 2, applicationName: 'test', onConnectionLost: () => undefined }),
    ),
  );
  const applied = await Promise.all(databases.map((database) => migrate(database, migrations)));
  expect(applied.flat().sort()).toEqual(['0001-counters', '0002-first']);
  await Promise.all(databases.map((database) => database.destroy()));
});

test('a migration that fails is named, and leaves the database as it was', async () => {
  const database = await open();
  const broken: Migrations = {
    ...migrations,
    '0003-broken': { up: async (db) => void (await sql`select no_such_column`.execute(db)) },
  };
  await expect(migrate(database, broken)).rejects.toThrow(/Migration 0003-broken failed: .*no_such_column/);
  await expect(sql`select * from counters`.execute(database)).rejects.toThrow(/does not exist/);
  await database.destroy();
});

test('a time that never comes reads as a Date behind all others', async () => {
  const database = await open();
  const { rows } = await sql<{ at: Date }>`select 'infinity'::timestamptz as at, now() as now`.execute(database);
  expect(rows[0]?.at).toEqual(never);
  await database.destroy();
});

test('bigint columns come back as numbers, and one that is too large is refused instead of rounded', async () => {
  const database = await open();
  await migrate(database, migrations);
  const row = await database.selectFrom('counters').select('value').executeTakeFirstOrThrow();
  expect(row.value).toBe(9007199254740991);
  await expect(sql`select 9007199254740993::bigint`.execute(database)).rejects.toThrow(/too large/);
  await database.destroy();
});

test('a pool outlives a restart of PostgreSQL, and hears of the connections that it lost', async () => {
  const lost = Promise.withResolvers<Error>();
  const database = await open(lost.resolve);
  await sql`select 1`.execute(database);
  await middleware.postgres.kill();
  // No query before: one that a dying backend still takes would be told of the loss instead of the pool.
  expect((await lost.promise).message).toMatch(/terminat|ECONNRESET/);
  await expect(sql`select 1`.execute(database)).rejects.toThrow(/ECONNREFUSED|ENOENT/);
  await middleware.postgres.start();
  expect((await sql<{ one: number }>`select 1 as one`.execute(database)).rows).toEqual([{ one: 1 }]);
  await database.destroy();
});

// Nobody else listens to a connection in use: what it tells of its end would end the process.
test.each<[string, (transaction: Transaction<Schema>, end: () => Promise<void>) => Promise<unknown>]>([
  ['while it is asked', (transaction, end) => Promise.all([sql`select pg_sleep(600)`.execute(transaction), end()])],
  ['between two questions', (_, end) => end()],
])('a connection that is lost %s fails the transaction that has it, and nothing else', async (_, use) => {
  const database = await open();
  const transacting = database.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
    const pid = rows[0]?.pid ?? 0;
    await use(transaction, async () => {
      await sql`select pg_terminate_backend(${pid})`.execute(database);
      await until('it has ended', async () => {
        const found = await sql`select from pg_stat_activity where pid = ${pid}`.execute(database);
        return found.rows.length === 0;
      });
    });
    await sql`select 1`.execute(transaction);
  });
  await expect(transacting).rejects.toThrow(/terminat|not queryable|ECONNRESET|EPIPE/);
  expect((await sql<{ one: number }>`select 1 as one`.execute(database)).rows).toEqual([{ one: 1 }]);
  await database.destroy();
});

test('a server that falls silent is given up, and asked again over another connection', async () => {
  const url = new URL(await middleware.postgres.createDatabase());
  const { port } = url;
  const sockets = new Set<Socket>();
  let isSilent = false;
  const proxy = createServer((client) => {
    const server = connect(Number(port), '127.0.0.1');
    for (const socket of [client, server]) sockets.add(socket.on('error', () => undefined));
    if (!isSilent) client.pipe(server).pipe(client);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  url.port = String((proxy.address() as AddressInfo).port);
  const options = { max: 1, applicationName: 'test', silenceMs: 1_000, onConnectionLost: () => undefined };
  const database = createDatabase<Schema>(createPool({ connectionString: url.href, ...options }));
  const ask = () => sql<{ one: number }>`select 1 as one`.execute(database);

  // Where the machine stands still for as long, it falls silent by itself.
  const untilAnswered = () => until('it answers', () => ask().catch(() => undefined));

  await untilAnswered();
  isSilent = true;
  for (const socket of sockets) socket.unpipe().pause();
  await expect(ask()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  isSilent = false;
  expect((await untilAnswered()).rows).toEqual([{ one: 1 }]);

  await database.destroy();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => proxy.close(resolve));
});

import { beforeAll, expect, test } from '@jest/globals';
import { createLogger } from '@darkroom/platform-logging';
import { sql, type Kysely } from 'kysely';
import { testLimits } from '../../test/internal-side.ts';
import { setUpInternalSide } from '../../test/set-up-internal-side.ts';
import type { Database } from '../database/schema.ts';
import { endExpiredCalls } from '../dispatch/end-expired-calls.ts';
import { leasePendingCalls } from '../dispatch/lease-pending-calls.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { claimDueLooks, claimOverdueLooks } from '../reconcile/claim-looks.ts';
import { listCalls } from '../calls/list-calls.query.ts';
import { removeEvents } from '../retention/remove-events.ts';
import { countCalls } from './count-calls.query.ts';
import { releaseCalls } from './release-calls.query.ts';

const callsOfBatch = 10_000;
const waitingBatches = 3;
const others = 20_000;
/** Under way, in the batch that runs. */
const running = 50;

const main = setUpInternalSide();
beforeAll(async () => {
  // While PostgreSQL analyzes by itself, VACUUM leaves the youngest rows as not visible to all, and what finds them in an index reads them too.
  for (const table of ['calls', 'events', 'notifications'])
    await main.pool.query(`alter table ${table} set (autovacuum_enabled = false)`);
  await fillWithOthers();
  for (let batch = 0; batch <= waitingBatches; batch += 1) await fillWithBatch(`bat_${batch}`);
  await sql`
    update calls set queued_at = now() - interval '1 minute', started_at = now(), start_attempted_at = now(), first_claimed_at = now(),
      status = case when batch_position < 5000 then 'completed' else 'processing' end,
      completed_at = case when batch_position < 5000 then now() end
    where batch_id = 'bat_0' and batch_position < ${5000 + running}`.execute(main.database);
  await main.pool.query('vacuum analyze');
});

async function fillWithOthers(): Promise<void> {
  await sql`
    insert into calls (id, account_id, integration, operation, input, metadata, limits, simulated, queued_at, status,
      started_at, first_claimed_at, completed_at)
    select 'call_other' || number, 'other', 'testing', 'draw', '{}', '{}', ${JSON.stringify(testLimits)}, true,
      now() - interval '1 hour', 'completed', now(), now(), now()
    from generate_series(1, ${others}::int) as number`.execute(main.database);
  await sql`
    insert into events (account_id, sequence, call_id, call_sequence, type, status, data, created_at)
    select 'other', number, 'call_other' || number, 1, 'call.completed', 'completed', '{}', now() - interval '9 days'
    from generate_series(1, ${others}::int) as number`.execute(main.database);
  await sql`
    insert into subscriptions (id, account_id, channel, target) values ('sub', 'other', 'webhook', 'https://example.com')`.execute(
    main.database,
  );
  await sql`
    insert into notifications (id, account_id, subscription_id, call_id, sequence, event_type, event_created_at, channel, status)
    select 'ntf_' || number, 'other', 'sub', 'call_other' || number, number, 'call.completed', now(), 'webhook', 'delivered'
    from generate_series(1, ${others}::int) as number`.execute(main.database);
}

async function fillWithBatch(batchId: string): Promise<void> {
  await sql`
    insert into calls (id, account_id, integration, operation, input, metadata, limits, simulated, queued_at, batch_id, batch_position)
    select 'call_' || ${batchId}::text || lpad(number::text, 6, '0'), 'default', 'testing', 'draw', '{}', '{}',
      ${JSON.stringify(testLimits)}, true, 'infinity', ${batchId}, number
    from generate_series(0, ${callsOfBatch - 1}::int) as number`.execute(main.database);
}

interface Asking {
  database: Kysely<Database>;
}

const logger = createLogger({ service: 'main', level: 'silent', json: true });
const looks = { quietSeconds: 30, marginSeconds: 60, repeatWithinSeconds: 3600, limit: 50 };
const leasing = { operations: ['testing/draw'], limit: 16, leaseMilliseconds: 30_000, repeatWithinSeconds: 3600 };
const ofBatch = { accountId: 'default', lastId: undefined, limit: 20 };

test.each<[string, (asking: Asking) => Promise<unknown>]>([
  ['who starts calls', ({ database }) => leasePendingCalls(database, leasing)],
  ['who ends calls that waited too long', (asking) => endExpiredCalls({ ...main.changing, ...asking })],
  ['who looks after calls of which nothing was heard', ({ database }) => claimDueLooks(database, looks)],
  ['who looks after calls that are overdue', ({ database }) => claimOverdueLooks(database, looks)],
  ['who asks for metrics', ({ database }) => createMetrics({ database, logger }).registry.metrics()],
  ['who counts the calls of a batch', ({ database }) => countCalls(database, 'bat_0')],
  [
    'who lists the calls of a batch',
    ({ database }) => listCalls(database, { ...ofBatch, order: 'oldest', filter: { batchId: 'bat_1' } }),
  ],
  [
    'who lists the calls of a batch, the last first',
    ({ database }) => listCalls(database, { ...ofBatch, order: 'newest', filter: { batchId: 'bat_1' } }),
  ],
  [
    'who releases calls',
    ({ database }) => database.transaction().execute((transaction) => releaseCalls(transaction, 'bat_1', 5)),
  ],
])('%s does not read the calls that wait in batches, nor those that have ended', async (_name, ask) => {
  expect(await rowsRead('calls', ask)).toBeLessThan(200);
});

test('who removes events reads no notification that was delivered', async () => {
  const aWeekAgo = new Date(Date.now() - 7 * 24 * 3_600_000);
  const removed: number[] = [];
  const remove = async ({ database }: Asking) => removed.push((await removeEvents(database, aWeekAgo, null)).count);
  expect(await rowsRead('notifications', remove)).toBe(0);
  expect(removed).toEqual([1_000]);
});

/** How many rows of a table are read where something is asked, which is undone. */
async function rowsRead(table: 'calls' | 'notifications', ask: (asking: Asking) => Promise<unknown>): Promise<number> {
  let read = NaN;
  const asked = main.database.transaction().execute(async (transaction) => {
    const before = await readSoFar(transaction, table);
    await ask({ database: withinIt(transaction) });
    read = (await readSoFar(transaction, table)) - before;
    throw new Error('undo it');
  });
  await expect(asked).rejects.toThrow('undo it');
  return read;
}

/** By this connection. */
async function readSoFar(transaction: Kysely<Database>, table: string): Promise<number> {
  const { rows } = await sql<{ read: number }>`
    select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables
    where relname = ${table}`.execute(transaction);
  return rows[0]?.read ?? NaN;
}

/** What is asked in a transaction of its own is asked in this one instead: PostgreSQL counts what a transaction reads. */
function withinIt(transaction: Kysely<Database>): Kysely<Database> {
  const same = () => ({ execute: (run: (same: Kysely<Database>) => unknown) => run(transaction) });
  return new Proxy(transaction, {
    get(target, name) {
      if (name === 'transaction') return same;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

import { expect, test } from '@jest/globals';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { until } from '../../test/until.ts';

// Alone in its database: PostgreSQL counts what other connections have read up to ten seconds later.
const api = setUpPublicApi();

test('a log as a stream does not read ahead of a client that does not read', async () => {
  await api.pool.query(
    `insert into events (account_id, sequence, call_id, call_sequence, type, status, data)
     select 'alpha', n, 'call_bulk', n, 'call.progress', 'processing', jsonb_build_object('currentStep', repeat('x', 8000))
     from generate_series(1, 20000) as n`,
  );
  await api.pool.query("update accounts set last_sequence = 20000 where id = 'alpha'");
  const looksBefore = await countLooks();
  const leaving = new AbortController();
  const response = await api.open(`/v1/events?after=0`, {
    headers: { accept: 'text/event-stream' },
    signal: leaving.signal,
  });
  await until(countLooks, (count) => count > looksBefore);
  const settled = await untilSteady(countLooks);
  leaving.abort();
  await response.body?.cancel().catch(() => undefined);

  // The whole log is a hundred pages of 1.6 MB; what kernels keep for a client that does not read is up to 40 MB.
  expect(settled - looksBefore).toBeLessThan(75);
});

async function countLooks(): Promise<number> {
  await api.pool.query('select pg_stat_force_next_flush()');
  const { rows } = await api.pool.query<{ count: number }>(
    "select idx_scan as count from pg_stat_user_tables where relname = 'events'",
  );
  return rows[0]?.count ?? 0;
}

/** The value once it has stayed the same for ten looks. */
async function untilSteady(ask: () => Promise<number>): Promise<number> {
  const looks: number[] = [];
  await until(
    async () => looks.push(await ask()),
    (count) => count > 30 && new Set(looks.slice(-10)).size === 1,
  );
  return looks.at(-1) ?? 0;
}

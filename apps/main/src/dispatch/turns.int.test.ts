import { expect, test } from '@jest/globals';
import { testLimits } from '../../test/internal-side.ts';
import { setUpInternalSide } from '../../test/set-up-internal-side.ts';
import { leasePendingCalls } from './lease-pending-calls.ts';

const main = setUpInternalSide();

const lease = (limit: number, leaseMilliseconds = 30_000) =>
  leasePendingCalls(main.database, {
    operations: ['testing/draw'],
    limit,
    leaseMilliseconds,
    repeatWithinSeconds: 3600,
  });
const accountsOf = (calls: readonly { account_id: string }[]) => calls.map(({ account_id }) => account_id).sort();

async function acceptMany(count: number, accountId: string): Promise<void> {
  await main.pool.query(
    `insert into calls (id, account_id, integration, operation, input, metadata, limits, simulated, queued_at)
     select 'call_' || $2 || lpad(number::text, 26, '0'), $2, 'testing', 'draw', '{}', '{}', $3, true, now() - interval '1 hour' + number * interval '1 ms'
     from generate_series(1, $1) as number`,
    [count, accountId, JSON.stringify(testLimits)],
  );
  await main.pool.query('analyze calls');
}

test('accounts take turns, also where one place is free at a time and one account has 10,000 older calls', async () => {
  await acceptMany(10_000, 'default');
  expect(accountsOf(await lease(16))).toEqual(Array.from({ length: 16 }, () => 'default'));
  await acceptMany(3, 'other');
  const next = [await lease(1), await lease(1), await lease(1), await lease(1)];
  expect(accountsOf(next.flat())).toEqual(['default', 'other', 'other', 'other']);
  expect(next.at(-1)?.[0]?.account_id).toBe('default');
});

test('of each account the oldest call comes first, and what others are leasing is skipped', async () => {
  await main.pool.query('truncate calls');
  await acceptMany(40, 'default');
  await acceptMany(40, 'other');
  const leases = await Promise.all(Array.from({ length: 4 }, () => lease(10)));
  const ids = leases.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const rest = await lease(80 - ids.length);
  expect(accountsOf([...leases.flat(), ...rest]).filter((account) => account === 'other')).toHaveLength(40);
  await main.pool.query('update calls set lease_until = null');
  expect((await lease(2)).map(({ id }) => id.slice(-2))).toEqual(['01', '01']);
});

import { expect, test } from '@jest/globals';
import { callEventTypes } from '@darkroom/contract';
import { confirmDelivering, leaseNotifications } from '../src/notifications/lease-notifications.ts';
import { hook, notifyingSide } from '../test/notifying-side.ts';
import { setUpInternalSide } from '../test/set-up-internal-side.ts';
import { untilBlocked } from '../test/until-blocked.ts';

// The report of a 410 locked its own notification and then the subscription's others, in the order of their ids; who notes that deliveries
// were started locks all of them in that order. Where the report lost the deadlock, the receiver that had said 410 was posted to again.
const main = setUpInternalSide({ per: 'test' });
const side = notifyingSide(main, { retrySeconds: [5], giveUpSeconds: 60 });
const gone = { kind: 'gone', status: 410, reason: 'The receiver answered 410: it wants no more.' } as const;

test('a 410 ends its subscription beside a note that the deliveries of the same subscription were started', async () => {
  await side.subscribeAccount([hook(callEventTypes)]);
  for (let calls = 0; calls < 3; calls += 1) await main.accept();
  await side.notify();
  const leased = await leaseNotifications(main.database, { limit: 32, leaseMilliseconds: 30_000 });
  const [, second, third] = leased.map(({ id }) => id).sort();
  const session = await main.pool.connect();
  try {
    await session.query('begin');
    await session.query('select from notifications where id = $1 for update', [second]);
    const noted = confirmDelivering(main.database, leased, 600);
    await untilBlocked(main.pool, 1);
    const reported = side.report(third ?? '', gone);
    await untilBlocked(main.pool, 2);
    await session.query('rollback');

    expect(await Promise.allSettled([noted, reported])).toEqual([
      { status: 'fulfilled', value: undefined },
      { status: 'fulfilled', value: { kind: 'over' } },
    ]);
    expect((await side.notifications()).map(({ status }) => status)).toEqual(['ended', 'ended', 'ended']);
  } finally {
    await session.query('rollback');
    session.release();
  }
});

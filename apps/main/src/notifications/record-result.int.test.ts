import { describe, expect, test } from '@jest/globals';
import { callEventTypes } from '@darkroom/contract';
import { hook, notifyingSide } from '../../test/notifying-side.ts';
import { setUpInternalSide } from '../../test/set-up-internal-side.ts';
import { confirmDelivering, leaseNotifications } from './lease-notifications.ts';

const main = setUpInternalSide({ per: 'test' });
const side = notifyingSide(main, { retrySeconds: [5, 30], giveUpSeconds: 3600 });

const failed = { kind: 'failed', status: 503, reason: 'The receiver answered 503.' } as const;
const gone = { kind: 'gone', status: 410, reason: 'The receiver answered 410: it wants no more.' } as const;

/** A notification whose workflow has been started. */
async function delivering(subscriptions = [hook(callEventTypes)]): Promise<{ id: string; callId: string }> {
  const callId = await side.accept(subscriptions);
  await side.notify();
  await confirmDelivering(
    main.database,
    await leaseNotifications(main.database, { limit: 99, leaseMilliseconds: 9_999 }),
    600,
  );
  const made = (await side.notifications()).find(({ call_id }) => call_id === callId);
  return { id: made?.id ?? '', callId };
}
const found = async (id: string) => (await side.notifications()).find((row) => row.id === id);
const logOf = (type: string) =>
  main.database
    .selectFrom('events')
    .selectAll()
    .where('type', '=', type as never)
    .execute();

test('a failed attempt is tried again after the pause of the schedule, and each is kept with its time, status and reason', async () => {
  const { id } = await delivering();
  expect(await side.report(id, failed)).toEqual({ kind: 'again', afterSeconds: 5 });
  expect(await side.report(id, { ...failed, retryAfterSeconds: 600 })).toEqual({ kind: 'again', afterSeconds: 660 });
  expect(await side.report(id, { kind: 'delivered', status: 204 })).toEqual({ kind: 'over' });

  expect(await found(id)).toMatchObject({
    status: 'delivered',
    attempt_count: 3,
    last_status: 204,
    last_error: null,
    next_attempt_at: null,
  });
  const attempts = await main.database.selectFrom('notification_attempts').selectAll().orderBy('attempt').execute();
  expect(attempts.map(({ outcome, status, error }) => [outcome, status, error])).toEqual([
    ['failed', 503, failed.reason],
    ['failed', 503, failed.reason],
    ['delivered', 204, null],
  ]);
});

test("is given up when its time is over, with an event in the account's log that says so", async () => {
  const { id, callId } = await delivering();
  await main.pool.query("update notifications set round_started_at = now() - interval '3601 seconds'");
  expect(await side.report(id, failed)).toEqual({ kind: 'over' });
  expect(await found(id)).toMatchObject({ status: 'failed' });
  expect(await logOf('notification.given_up')).toMatchObject([
    {
      notification_id: id,
      call_id: null,
      data: { channel: 'webhook', about: callId, attempts: 1, reason: failed.reason },
    },
  ]);
});

test('is not tried before the receiver asked for it, also beyond its time, and is given up with that reason where it asks for too long', async () => {
  const { id } = await delivering();
  expect(await side.report(id, { ...failed, retryAfterSeconds: 20 * 3600 })).toEqual({
    kind: 'again',
    afterSeconds: 22 * 3600,
  });
  expect(await side.report(id, { ...failed, retryAfterSeconds: 30 * 3600 })).toEqual({ kind: 'over' });
  const reason = 'The receiver asked for no other attempt within 30 h: by then the time for this notification is over.';
  expect(await found(id)).toMatchObject({ status: 'failed', last_status: 503, last_error: reason });
  expect(await logOf('notification.given_up')).toMatchObject([{ data: { attempts: 2, reason } }]);
});

test('is given up at once where it is refused for good', async () => {
  const { id } = await delivering([{ channel: 'email', target: 'nobody@example.com', eventTypes: ['call.accepted'] }]);
  await side.report(id, { kind: 'refused', status: 550, reason: 'The mail server answered 550.' });
  expect(await found(id)).toMatchObject({ status: 'failed', last_status: 550 });
  expect(await logOf('notification.given_up')).toHaveLength(1);
});

describe('410', () => {
  test('ends the subscription and its other notifications, and is told once', async () => {
    await side.subscribeAccount([hook(callEventTypes)]);
    const callIds = [await main.accept(), await main.accept(), await main.accept()];
    await side.notify();
    const [first, second, third] = await side.notifications();
    await Promise.all([first, second].map((row) => side.report(row?.id ?? '', gone)));
    await main.accept();
    await side.notify();

    const rows = await side.notifications();
    expect(rows.map(({ status, call_id }) => [status, call_id])).toEqual(callIds.map((callId) => ['ended', callId]));
    expect(await logOf('notification.subscription_ended')).toMatchObject([
      { data: { channel: 'webhook', about: 'account', reason: gone.reason } },
    ]);
    expect(await side.report(third?.id ?? '', { kind: 'delivered', status: 200 })).toEqual({ kind: 'over' });
    await main.pool.query(`update notifications set status = 'pending', round = 2 where id = '${first?.id}'`);
    await side.report(first?.id ?? '', gone, { round: 2 });
    expect(await logOf('notification.subscription_ended')).toHaveLength(1);
    expect(await found(third?.id ?? '')).toMatchObject({ status: 'ended' });
  });
});

test('a report of a round that is over, and one that is repeated, change nothing but the list of attempts', async () => {
  const { id } = await delivering();
  await side.report(id, { kind: 'delivered', status: 200 });
  expect(await side.report(id, failed)).toEqual({ kind: 'over' });
  expect(await side.report(id, gone, { round: 7 })).toEqual({ kind: 'over' });
  expect(await found(id)).toMatchObject({
    status: 'delivered',
    attempt_count: 3,
    round_attempts: 1,
    last_status: 200,
    last_error: null,
  });
  expect(await logOf('notification.subscription_ended')).toEqual([]);
});

test('the accounts that wait share what is started at once: one with hundreds delays no other', async () => {
  await side.subscribeAccount([hook(callEventTypes)]);
  await side.subscribeAccount([hook(callEventTypes)], 'other');
  for (let index = 0; index < 50; index += 1) await main.accept();
  await main.accept({ accountId: 'other' });
  await side.notify();
  await side.notify('other');

  const leased = await leaseNotifications(main.database, { limit: 8, leaseMilliseconds: 9_999 });
  expect(leased.map(({ account_id }) => account_id).sort()).toEqual([...Array<string>(4).fill('default'), 'other']);
});

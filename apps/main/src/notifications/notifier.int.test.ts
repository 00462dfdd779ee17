import { describe, expect, test } from '@jest/globals';
import { callEventTypes, failure } from '@darkroom/contract';
import { completed, testArtifact } from '../../test/internal-side.ts';
import { hook, notifyingSide } from '../../test/notifying-side.ts';
import { setUpInternalSide } from '../../test/set-up-internal-side.ts';
import { until } from '../../test/until.ts';
import { saveAccounts } from '../access/save-accounts.ts';
import { startNotifier } from './notifier.ts';

const main = setUpInternalSide({ per: 'test' });
const side = notifyingSide(main, { retrySeconds: [5, 30], giveUpSeconds: 3600 });

const complete = async (callId: string) => {
  await main.claim(callId);
  await main.report(callId, [{ type: 'call.submitted', data: { attempt: 1 } }, completed(testArtifact(callId))]);
};
const notify = (sweepMilliseconds = 50) => {
  const { database, logger } = main.changing;
  const notifier = startNotifier({
    database,
    eventBus: main.eventBus,
    logger,
    wakeDeliveries: () => undefined,
    sweepMilliseconds,
  });
  main.endLater(() => notifier.stop());
  return notifier;
};

describe("a call's own subscription", () => {
  test('is told of its end, and of nothing else where it does not ask', async () => {
    const callId = await side.accept([hook(['call.completed', 'call.failed', 'call.cancelled'])]);
    await complete(callId);
    await side.notify();
    expect(await side.typesOf(callId)).toEqual(['call.completed']);
  });

  test('is told of everything from its acceptance on, although nobody followed the log before', async () => {
    await complete(await main.accept());
    const callId = await side.accept([hook(callEventTypes)]);
    await complete(callId);
    await side.notify();
    expect(await side.typesOf(callId)).toEqual(await main.eventTypes(callId));
  });

  test('is not asked about by accounts without subscriptions: they have no cursor', async () => {
    await complete(await main.accept());
    expect(await main.database.selectFrom('notification_cursors').selectAll().execute()).toEqual([]);
  });
});

describe("the account's own subscriptions", () => {
  test('are told of what happens from then on, and no more once they were replaced', async () => {
    // The log has been followed for another one until then, and is not read to its end.
    await side.subscribeAccount([hook(['call.cancelled'])]);
    const before = await main.accept();
    await complete(before);
    await side.subscribeAccount([hook(null)]);
    const during = await main.accept();
    await complete(during);
    await side.notify();
    await side.subscribeAccount([]);
    const after = await main.accept();
    await complete(after);
    await side.notify();
    expect((await side.notifications()).map(({ call_id }) => call_id)).toEqual([during]);
  });

  test('are told of what happened before they were replaced, also where the log is read later, and their followers of the rest', async () => {
    await side.subscribeAccount([hook(['call.accepted'], 'https://shop.example/before')]);
    const before = await main.accept();
    await side.subscribeAccount([hook(['call.accepted'], 'https://shop.example/between')]);
    const between = await main.accept();
    await side.subscribeAccount([]);
    await main.accept();
    await side.notify();

    const told = await main.database
      .selectFrom('notifications')
      .innerJoin('subscriptions', 'subscriptions.id', 'notifications.subscription_id')
      .select(['target', 'notifications.call_id'])
      .orderBy('sequence')
      .execute();
    expect(told).toEqual([
      { target: 'https://shop.example/before', call_id: before },
      { target: 'https://shop.example/between', call_id: between },
    ]);
  });

  test('go on as they are where they are set again, and show a Slack address only in part', async () => {
    const slack = {
      channel: 'slack' as const,
      target: 'https://hooks.slack.com/services/T0/B0/secret',
      eventTypes: null,
    };
    await side.subscribeAccount([hook(null), slack]);
    const first = await main.database.selectFrom('subscriptions').select('id').execute();
    const shown = await side.subscribeAccount([hook(null), slack]);
    expect(await main.database.selectFrom('subscriptions').select('id').execute()).toEqual(first);
    expect(shown).toEqual({
      webhook: { url: 'https://shop.example/hook' },
      slack: { url: 'https://hooks.slack.com/services/T0'.slice(0, 'https://hooks.slack.com'.length + 8) + '…' },
    });
  });

  test('are told of no other account', async () => {
    await side.subscribeAccount([hook(null)], 'other');
    await complete(await main.accept());
    await side.notify('other');
    expect(await side.notifications()).toEqual([]);
  });
});

describe('the notifier', () => {
  test('loses and doubles nothing while several run, and some of them stop in the middle', async () => {
    await side.subscribeAccount([
      hook(['call.accepted', 'call.failed']),
      { ...hook(['call.accepted']), channel: 'slack' },
    ]);
    notify();
    const second = notify();
    const calls = await Promise.all(Array.from({ length: 40 }, () => main.accept()));
    await second.stop();
    notify();
    const failing = [{ type: 'call.failed', data: { error: failure('content_rejected', 'no') } }] as const;
    await Promise.all(calls.map((callId) => main.report(callId, [...failing])));

    const made = await until(
      () => side.notifications(),
      (rows) => rows.length >= calls.length * 3,
    );
    expect(made).toHaveLength(calls.length * 3);
    const ofWebhook = made.filter(({ channel }) => channel === 'webhook');
    expect(ofWebhook.map(({ call_id, event_type }) => `${event_type} ${call_id}`).sort()).toEqual(
      calls.flatMap((callId) => [`call.accepted ${callId}`, `call.failed ${callId}`]).sort(),
    );
  });

  test('makes nothing of a look that did not commit, and all of it at the next one', async () => {
    const callId = await side.accept([hook(callEventTypes)]);
    await main.pool.query('alter table notifications rename to hidden');
    await expect(side.notify()).rejects.toThrow();
    await main.pool.query('alter table hidden rename to notifications');
    expect(await side.notifications()).toEqual([]);
    await side.notify();
    expect(await side.typesOf(callId)).toEqual(['call.accepted']);
  });

  test('tells all other accounts in the same round, whatever is wrong with the log of one', async () => {
    const others = Array.from({ length: 20 }, (_, index) => `other-${index}`);
    await saveAccounts(main.database, ['default', 'other', ...others]);
    await main.pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$;
      create trigger broken before insert on notifications for each row when (new.account_id = 'default') execute function refuse()`);
    for (const accountId of ['default', ...others]) {
      await side.subscribeAccount([hook(callEventTypes)], accountId);
      await main.accept({ accountId });
    }
    notify(3_600_000);
    const made = await until(
      () => side.notifications(),
      (rows) => rows.length === others.length,
    );
    expect(made.map(({ account_id }) => account_id).sort()).toEqual(others.sort());
  });

  test('is woken by the news of accounts that have subscriptions', async () => {
    const notifier = notify(3_600_000);
    notifier.noteSubscription('default');
    const callId = await side.accept([hook(callEventTypes)]);
    await until(
      () => side.typesOf(callId),
      (types) => types.length === 1,
    );
  });
});

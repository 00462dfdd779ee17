import { describe, expect, test } from '@jest/globals';
import type { PreparedNotification } from '@darkroom/contract';
import { Webhook } from 'standardwebhooks';
import { hook, notifyingSide } from '../../test/notifying-side.ts';
import { setUpInternalSide } from '../../test/set-up-internal-side.ts';
import { prepareNotification } from './prepare-notification.ts';
import { createWebhookKeys } from './webhook-keys.ts';
import { renewWebhookSecret } from './webhook-secrets.ts';

const webhookKeys = createWebhookKeys('a-secret-of-the-whole-deployment');
const main = setUpInternalSide({ per: 'test' });
const side = notifyingSide(main, { retrySeconds: [5, 30], giveUpSeconds: 3600 });

async function notified(subscription = hook(['call.accepted'])): Promise<string> {
  await side.accept([subscription]);
  await side.notify();
  return (await side.notifications()).at(-1)?.id ?? '';
}

function prepare(id: string, { round = 1, at = Date.now() } = {}) {
  const { database } = main;
  const baseUrl = () => 'https://darkroom.example';
  const now = () => new Date(at);
  const surroundings = { database, baseUrl, hasPage: true, webhookKeys, thumbnailUrl: () => undefined, now };
  return prepareNotification(surroundings, id, round);
}

function posted(prepared: PreparedNotification | undefined) {
  if (prepared?.kind !== 'post') throw new Error(`It is ${prepared?.kind}, and nothing to post.`);
  return prepared;
}
const renew = async (overlapSeconds: number) =>
  webhookKeys.secretOf('default', (await renewWebhookSecret(main.database, 'default', overlapSeconds)).generation);
const takenBy = (secret: string, { body, headers }: { body: string; headers: Record<string, string> }) => {
  try {
    return new Webhook(secret).verify(body, headers) !== undefined;
  } catch {
    return false;
  }
};

describe('an attempt', () => {
  test('has the id of the notification, and a time and a signature of its own', async () => {
    const secret = await renew(0);
    const id = await notified();
    const at = Date.now();
    const first = posted(await prepare(id, { at }));
    const later = posted(await prepare(id, { at: at + 60_000 }));

    expect([first, later].map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
    expect(Number(later.headers['webhook-timestamp']) - Number(first.headers['webhook-timestamp'])).toBe(60);
    expect(later.headers['webhook-signature']).not.toBe(first.headers['webhook-signature']);
    expect([first, later].map((one) => takenBy(secret, one))).toEqual([true, true]);
  });

  test('is nothing in another round, before it is due, and after its end', async () => {
    const id = await notified();
    expect(await prepare(id, { round: 2 })).toEqual({ kind: 'over' });
    const before = Date.now();
    await side.report(id, { kind: 'failed', reason: 'no' });
    const after = Date.now();
    const dueAt = (await side.notifications())[0]?.next_attempt_at?.getTime() ?? 0;
    expect([dueAt >= before + 5_000, dueAt <= after + 5_000]).toEqual([true, true]);
    expect(await prepare(id, { at: dueAt - 4_000 })).toEqual({ kind: 'not_due', afterSeconds: 4 });
    expect(await prepare(id, { at: dueAt })).toMatchObject({ kind: 'post' });
    await side.report(id, { kind: 'delivered' });
    expect(await prepare(id, { at: dueAt })).toEqual({ kind: 'over' });
    expect(await prepare('ntf_nothing')).toBeUndefined();
  });

  test('cannot be made of an event that was removed, and is given up', async () => {
    const id = await notified();
    await main.pool.query("delete from events where type = 'call.accepted'");
    const prepared = await prepare(id);
    expect(prepared).toEqual({ kind: 'unsendable', reason: expect.any(String) });
    await side.report(id, { kind: 'refused', reason: 'The event that it told of was removed.' });
    expect((await side.notifications())[0]).toMatchObject({ status: 'failed' });
  });
});

describe('a secret', () => {
  test('signs beside the new one until its time is over, and not any more then', async () => {
    const [before, after] = [await renew(0), await renew(600)];
    const id = await notified();
    const during = posted(await prepare(id));
    expect([before, after].map((secret) => takenBy(secret, during))).toEqual([true, true]);

    await main.pool.query('update webhook_secrets set valid_until = clock_timestamp() where valid_until is not null');
    const then = posted(await prepare(id));
    expect([before, after].map((secret) => takenBy(secret, then))).toEqual([false, true]);
  });

  test('that is renewed without an overlap ends at once, and so do all before it', async () => {
    const earlier = [await renew(0), await renew(3_600), await renew(3_600)];
    const last = await renew(0);
    const now = posted(await prepare(await notified()));
    expect([...earlier, last].map((secret) => takenBy(secret, now))).toEqual([false, false, false, true]);
  });

  test('may be renewed again and again: the last eight sign', async () => {
    for (let index = 0; index < 10; index += 1) await renew(3_600);
    const { headers } = posted(await prepare(await notified()));
    const kinds = headers['webhook-signature']?.split(' ').map((signature) => signature.split(',')[0]);
    expect(kinds).toEqual([...Array<string>(8).fill('v1'), 'v1a']);
  });
});

import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type Batch, callEventTypes, type WebhookKeys } from '@darkroom/contract';
import { Webhook } from 'standardwebhooks';
import { until } from '@darkroom/testing';
import { reportProgressAtOnce, shortestPauseMs } from './fast-progress.ts';
import { setUpNotifications } from './notification-stack.ts';
import { deadOrigin, occupyReceivers } from './occupy-receivers.ts';
import { bodyOf, eventsIn, type Received } from './receiver.ts';
import { seeOthersServed } from './see-others-served.ts';

const placesAtOneReceiver = 16;
const limits = { sora: { pollFirstSeconds: 0.2, pollIntervalSeconds: 0.2 } };
const environment = { ENABLED_INTEGRATIONS: 'nanobanana2,sora' };
const side = setUpNotifications(() => ({
  mainEnvironment: { ...environment, OPERATION_LIMITS: JSON.stringify(limits) },
  workerEnvironment: environment,
  allowOrigins: [deadOrigin],
}));
const hook = (path: string, events?: readonly string[]) => ({
  webhook: { url: `${side.receiver.origin}${path}`, events },
});
const idOf = ({ headers }: Received) => headers['webhook-id'] ?? '';

describe('webhooks', () => {
  test('a call tells its end by a webhook that the official library of the Standard Webhooks takes', async () => {
    const { secret } = await side.renewSecret();
    const { id } = await side.stack.submit({ prompt: 'tell me when it is there', more: hook('/end') });
    const [first] = await side.receiver.waitFor('/end', 1);
    const call = await side.stack.waitForEnd(id);

    const body = new Webhook(secret).verify(first?.body ?? '', first?.headers ?? {});
    const last = (await side.stack.events(id)).at(-1);
    expect(body).toEqual({ type: 'call.completed', timestamp: last?.createdAt, data: { ...last, call } });
  });

  test('one without a secret verifies with the Ed25519 key that is published for everybody', async () => {
    const call = await side.acceptForLater(hook('/keyless', ['call.accepted']), 'alpha');
    const [received] = await side.receiver.waitFor('/keyless', 1);
    const { headers, body } = received as Received;
    const { keys } = await side.json<WebhookKeys>('/.well-known/webhook-keys.json?account=alpha');
    const x = Buffer.from((keys[0]?.publicKey ?? '').replace(/^whpk_/, ''), 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const [signature = '', ...others] = (headers['webhook-signature'] ?? '').split(' ');

    const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
    expect(verify(null, content, key, Buffer.from(signature.replace(/^v1a,/, ''), 'base64'))).toBe(true);
    expect(others).toEqual([]);
    expect(bodyOf(received as Received).data).toMatchObject({ sequence: 1, callId: call.id });
  });

  test('[P4] a receiver of all types sees exactly the sequence that the call shows', async () => {
    const { id } = await side.stack.submit({ prompt: 'tell me everything', more: hook('/all', callEventTypes) });
    await side.stack.waitForEnd(id);
    const events = await side.stack.events(id);
    // One may come twice before another has come.
    const received = await until('each has come', () => {
      const all = side.receiver.at('/all');
      return new Set(all.map(idOf)).size >= events.length && all;
    });

    expect(eventsIn(received).map(({ call: _call, ...event }) => event)).toEqual(events);
    expect(new Set(received.map(idOf)).size).toBe(events.length);
  });

  test('progress is told every 500 ms at most, and the start, the end and everything else always', async () => {
    const prompt = 'film me while it grows';
    await side.stack.control.plan({ match: prompt, taskMs: 240_000 });
    const video = { integration: 'sora', operation: 'text-to-video' };
    const { id } = await side.stack.submit({ prompt, ...video, more: hook('/progress', callEventTypes) });
    await side.stack.waitFor(id, ({ progress }) => progress.percent !== undefined);
    const isProgress = ({ type }: { type: string }) => type === 'call.progress';
    const lastAt = Date.parse((await side.stack.events(id)).findLast(isProgress)?.createdAt ?? '');
    // Of one second the log lists two at most.
    await until('the log lists two at once', () => Date.now() > lastAt + 1_000);
    await reportProgressAtOnce(side.stack, id, [41, 42, 43, 44]);
    const received = () => eventsIn(side.receiver.at('/progress'));
    await until('progress was told twice', () => Promise.resolve(received().filter(isProgress).length >= 2));
    const [submission] = (await side.stack.control.submissions(prompt)).items;
    await side.stack.control.finishTask(submission?.taskId ?? '');
    await side.stack.waitForEnd(id);
    const events = await side.stack.events(id);
    const made = await until('all of them are delivered, the end too', async () => {
      const all = await side.notifications(`callId=${id}`);
      const isEnd = all.some(({ event }) => event.type === 'call.completed');
      return isEnd && all.every(({ status }) => status === 'delivered') && all;
    });
    const told = received();
    const sequences = new Set(told.map(({ sequence }) => sequence));
    const progress = events.filter(isProgress);

    // By what the receiver is told, not by when it is: deliveries are made each by itself, and one may be late.
    expect(shortestPauseMs(progress)).toBeLessThan(500);
    expect(shortestPauseMs(told.filter(isProgress))).toBeGreaterThanOrEqual(500);
    expect(told.find(isProgress)?.sequence).toBe(progress[0]?.sequence);
    expect(events.filter((event) => !isProgress(event) && !sequences.has(event.sequence))).toEqual([]);
    expect(new Set(made.map(({ event }) => event.sequence))).toEqual(sequences);
  });

  test('while a secret is renewed, both of them verify', async () => {
    const before = await side.renewSecret();
    const after = await side.renewSecret({ overlapSeconds: 600 });
    await side.acceptForLater(hook('/rotation', ['call.accepted']));
    const [received] = await side.receiver.waitFor('/rotation', 1);

    for (const { secret } of [before, after])
      expect(() => new Webhook(secret).verify(received?.body ?? '', received?.headers ?? {})).not.toThrow();
    const state = await side.json<object>('/v1/account/webhook-secret');
    expect(state).toMatchObject({ exists: true, createdAt: after.createdAt, previousUntil: after.previousUntil });
    expect(state).not.toHaveProperty('secret');
  });

  test('what fails is tried again under the same id and a new timestamp, and each attempt is shown', async () => {
    const { secret } = await side.renewSecret();
    side.receiver.answer(
      '/failing',
      { status: 500 },
      { status: 503, headers: { 'retry-after': '2' } },
      { status: 200 },
    );
    await side.acceptForLater(hook('/failing', ['call.accepted']));
    const received = await side.receiver.waitFor('/failing', 3);
    const [id = ''] = received.map(idOf);
    const { attempts, status } = await side.untilNotification(id, (one) => one.status === 'delivered');

    expect(new Set(received.map(idOf)).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBeGreaterThan(1);
    for (const { body, headers } of received) expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
    expect([status, attempts.map((one) => [one.attempt, one.outcome, one.status])]).toEqual([
      'delivered',
      [
        [1, 'failed', 500],
        [2, 'failed', 503],
        [3, 'delivered', 200],
      ],
    ]);
  });

  test('a redirect is a failure and never followed', async () => {
    side.receiver.answer('/moved', { status: 307, headers: { location: '/elsewhere' } }, { status: 204 });
    await side.acceptForLater(hook('/moved', ['call.accepted']));
    const [received] = await side.receiver.waitFor('/moved', 2);
    const { attempts } = await side.untilNotification(idOf(received as Received), (one) => one.status === 'delivered');

    expect(attempts[0]).toMatchObject({ status: 307, error: expect.stringContaining('Redirects are not followed') });
    expect(side.receiver.at('/elsewhere')).toEqual([]);
  });

  test('410 ends the subscription, and the log of the account tells it', async () => {
    side.receiver.answer('/gone', { status: 410 });
    const { id } = await side.stack.submit({ prompt: 'nobody wants to know', more: hook('/gone', callEventTypes) });
    await side.stack.waitForEnd(id);
    const ended = await until('the subscription has ended', async () => {
      const { items } = await side.json<{ items: { type: string; data: object }[] }>('/v1/events?limit=1000');
      return items.find(({ type }) => type === 'notification.subscription_ended');
    });
    expect(ended.data).toMatchObject({ channel: 'webhook', about: id });
    const all = await until('every notification is over', async () => {
      const made = await side.notifications(`callId=${id}`);
      return made.every(({ status }) => status === 'ended') && made;
    });
    expect(all.length).toBeGreaterThan(0);
  });

  test('a notification that was delivered, or waits for hours, can be sent now', async () => {
    side.receiver.answer('/later', { status: 503, headers: { 'retry-after': '3600' } }, { status: 200 });
    await side.acceptForLater(hook('/later', ['call.accepted']));
    const id = idOf((await side.receiver.waitFor('/later', 1))[0] as Received);
    const waiting = await side.untilNotification(id, (one) => one.nextAttemptAt !== undefined);
    expect(Date.parse(waiting.nextAttemptAt ?? '') - Date.now()).toBeGreaterThan(3_000_000);

    for (const count of [2, 3]) {
      expect((await side.ask(`/v1/notifications/${id}/resend`, { method: 'POST' })).status).toBe(202);
      await side.receiver.waitFor('/later', count);
      await side.untilNotification(id, (one) => one.status === 'delivered');
    }
    expect(new Set(side.receiver.at('/later').map(idOf))).toEqual(new Set([id]));
    expect((await side.notification(id)).attempts).toHaveLength(3);
  });

  test("[P6] no other account sees, counts or resends an account's notifications", async () => {
    const call = await side.acceptForLater(hook('/private', ['call.accepted']), 'alpha');
    const id = idOf((await side.receiver.waitFor('/private', 1))[0] as Received);

    expect((await side.notifications(`callId=${call.id}`, 'alpha')).map((one) => one.id)).toEqual([id]);
    expect(await side.notifications(`callId=${call.id}`, 'beta')).toEqual([]);
    const answers = await Promise.all([
      side.ask(`/v1/notifications/${id}`, { account: 'beta' }),
      side.ask(`/v1/notifications/${id}/resend`, { account: 'beta', method: 'POST' }),
      side.ask('/v1/notifications/ntf_nothing', { account: 'alpha' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(side.receiver.at('/private')).toHaveLength(1);
  });
});

test('a batch tells its end once, with its counts, and of its calls only what is asked for', async () => {
  const call = { integration: 'nanobanana2', operation: 'text-to-image', input: { prompt: 'one of a batch' } };
  const accept = (subscriptions: object) =>
    side.json<Batch>('/v1/batches', { method: 'POST', body: { calls: [call, call, call], ...subscriptions } });
  const quiet = await accept(hook('/batch'));
  const events = ['batch.completed', 'call.completed'];
  await accept({ webhook: { url: `${side.receiver.origin}/batch-and-calls`, events } });
  const all = await side.receiver.waitFor('/batch-and-calls', 4);
  const [end] = await side.receiver.waitFor('/batch', 1);

  const batch = await side.json<Batch>(`/v1/batches/${quiet.id}`);
  const log = await side.json<{ items: object[] }>(`/v1/batches/${quiet.id}/events`);
  expect(bodyOf(end as Received)).toMatchObject({ type: 'batch.completed', data: { ...log.items.at(-1), batch } });
  expect(batch.calls).toMatchObject({ total: 3, completed: 3 });
  expect(all.map((one) => bodyOf(one).type).sort()).toEqual(['batch.completed', ...Array(3).fill('call.completed')]);
  const notifications = await side.notifications(`batchId=${quiet.id}`);
  expect(notifications.map(({ event }) => event.type)).toEqual(['batch.completed']);
  expect(side.receiver.at('/batch')).toHaveLength(1);
});

test('receivers that are slow, dead or never answer delay no call, no other account and no other receiver', async () => {
  const heldAt = (path: string) => side.receiver.at(path).filter(({ isOver }) => !isOver);
  await occupyReceivers(side);

  // An attempt is broken off at last, and others take its place. Whoever had waited for that would have seen it.
  await until(
    'others are served while the slow one is busy and the silent one holds all that it may',
    async () => {
      const [slow, never] = [heldAt('/slow'), heldAt('/never')];
      if (slow.length === 0 || never.length < placesAtOneReceiver) return false;
      await seeOthersServed(side);
      return slow.some(({ isOver }) => !isOver) && never.every(({ isOver }) => !isOver);
    },
    150,
  );
  expect(side.receiver.mostAtOnce('/never')).toBe(placesAtOneReceiver);
  side.receiver.answer('/slow', { status: 204 });
  side.receiver.answer('/never', { status: 410 });
});

test('worker and main killed while deliveries are under way: each notification arrives, under its one id', async () => {
  side.receiver.answer('/killed', { status: 204, afterMs: 400 });
  const calls = 40;
  for (let index = 0; index < calls; index += 1) await side.acceptForLater(hook('/killed', ['call.accepted']));
  const [worker] = side.stack.workers;
  await side.receiver.waitFor('/killed', 5);
  await worker?.service.kill();
  await worker?.start();
  await side.acceptForLater(hook('/killed', ['call.accepted']));
  await side.stack.main.service.kill();
  await side.stack.main.start();

  const made = await until(
    'every notification is delivered',
    async () => {
      const all = await side.notifications('');
      const own = all.filter(({ target }) => target.endsWith('/killed'));
      return own.length === calls + 1 && own.every(({ status }) => status === 'delivered') && own;
    },
    200,
  );
  const arrived = new Set(side.receiver.at('/killed').map(idOf));
  expect(arrived).toEqual(new Set(made.map(({ id }) => id)));
});

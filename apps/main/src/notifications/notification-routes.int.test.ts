import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, NewWebhookSecret, Notification, Problem } from '@darkroom/contract';
import { courseOf, goodBody } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { notifyAccount } from './notify-account.ts';
import { prepareNotification } from './prepare-notification.ts';
import { createWebhookKeys } from './webhook-keys.ts';

const noted: string[] = [];
const api = setUpPublicApi(() => ({ noteSubscription: (accountId) => void noted.push(accountId) }));
beforeEach(() => void noted.splice(0));

const webhook = { url: 'https://shop.example/hook' };
const submit = (more: object = {}, headers: Record<string, string> = {}) =>
  api.submit({ body: { ...goodBody, ...more }, headers });
const subscriptionsOf = (callId: string) =>
  api.database.selectFrom('subscriptions').selectAll().where('call_id', '=', callId).execute();

describe('subscriptions of a call', () => {
  test('are made with the call, each for the events that it names or for its end', async () => {
    const { status, body } = await submit({
      webhook: { ...webhook, events: ['call.accepted'] },
      email: 'ann@example.com',
      slack: { url: 'https://hooks.slack.com/services/T/B/secret' },
    });
    expect(status).toBe(202);
    const end = ['call.completed', 'call.failed', 'call.cancelled'];
    const made = await subscriptionsOf(body.id);
    expect(made.map(({ channel, event_types }) => [channel, event_types]).sort()).toEqual([
      ['email', end],
      ['slack', end],
      ['webhook', ['call.accepted']],
    ]);
    expect(noted).toEqual(['alpha']);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  test('belong to what an Idempotency-Key stands for: a repeat makes no more of them, another address is another request', async () => {
    const key = { 'idempotency-key': 'with-a-webhook' };
    const first = await submit({ webhook }, key);
    const again = await submit({ webhook }, key);
    const other = await submit({ webhook: { url: 'https://shop.example/other' } }, key);
    expect([again.body.id, other.status]).toEqual([first.body.id, 422]);
    expect(await subscriptionsOf(first.body.id)).toHaveLength(1);
  });

  test('cost a call without any nothing: it writes neither subscription nor cursor', async () => {
    const { body } = await api.submit({ account: 'beta' });
    expect(await subscriptionsOf(body.id)).toEqual([]);
    const cursors = await api.database.selectFrom('notification_cursors').select('account_id').execute();
    expect(cursors.map(({ account_id }) => account_id)).not.toContain('beta');
  });

  test('by e-mail are refused where there is no mail server', async () => {
    const bare = await api.startAnother({ sendsEmail: false });
    try {
      const { status, body } = await bare.refused({ body: { ...goodBody, email: 'ann@example.com' } });
      expect([status, body.errors]).toEqual([
        422,
        [{ path: '/email', message: 'cannot be sent: this Darkroom has no mail server (SMTP_URL)' }],
      ]);
    } finally {
      await bare.close();
    }
  });
});

describe("the account's own subscriptions", () => {
  const put = (body: unknown) => api.request<Problem>('/v1/account/notifications', { method: 'PUT', body });

  test('are set as a whole, and shown', async () => {
    const own = { webhook: { ...webhook, events: ['batch.completed'] }, email: { to: 'ann@example.com' } };
    expect(await put(own)).toMatchObject({ status: 200, body: own });
    expect((await api.request('/v1/account/notifications')).body).toEqual(own);
    expect((await api.request('/v1/account/notifications', { account: 'beta' })).body).toEqual({});
    expect(await put({})).toMatchObject({ status: 200, body: {} });
    expect(noted).toEqual(['alpha', 'alpha']);
  });

  test('by Slack are not set to the part of the address that is shown', async () => {
    await put({ slack: { url: 'https://hooks.slack.com/services/T/B/secret' } });
    const shown = await api.request('/v1/account/notifications');
    const refusal = await put(shown.body);
    expect([refusal.status, refusal.body.errors?.map(({ path }) => path)]).toEqual([422, ['/slack/url']]);
    await put({});
  });

  test.each([
    ['a private address', { webhook: { url: 'http://192.168.0.1/' } }, '/webhook/url'],
    ['an unknown channel', { pigeon: {} }, '/pigeon'],
    ['no event at all', { webhook: { ...webhook, events: [] } }, '/webhook/events'],
  ])('are refused with %s, with its path', async (_name, body, path) => {
    const refusal = await put(body);
    expect([refusal.status, refusal.body.errors?.map((fault) => fault.path)]).toEqual([422, [path]]);
  });
});

describe('the secret of webhooks', () => {
  const renew = (body: unknown = {}) =>
    api.request<NewWebhookSecret>('/v1/account/webhook-secret', { method: 'POST', body });

  test('is shown once, and only said to exist afterwards', async () => {
    const before = await api.request('/v1/account/webhook-secret');
    const { status, headers, body } = await renew();
    const after = await api.request('/v1/account/webhook-secret');

    expect(before.body).toMatchObject({ exists: false });
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(after.body).toMatchObject({ exists: true, createdAt: body.createdAt });
    expect(JSON.stringify(after.body)).not.toContain('whsec_');
  });

  test('counts on after it was renewed, for a day or as long as is asked for', async () => {
    const day = await renew();
    const hour = await renew({ overlapSeconds: 3600 });
    const secondsLeft = ({ body }: typeof day) => (Date.parse(body.previousUntil ?? '') - Date.now()) / 1000;
    expect(secondsLeft(day)).toBeGreaterThan(86_000);
    // The one before it keeps its day.
    expect(secondsLeft(hour)).toBeGreaterThan(86_000);
    expect(new Set([day.body.secret, hour.body.secret]).size).toBe(2);
    expect((await renew({ overlapSeconds: -1 })).status).toBe(422);
  });

  test('the public key needs no API key to be read, and tells nothing of which accounts there are', async () => {
    const keysOf = async (account: string) =>
      (await fetch(`${api.url}/.well-known/webhook-keys.json?account=${account}`)).json();
    const { body } = await api.request<NewWebhookSecret>('/v1/account/webhook-secret');
    expect(await keysOf('alpha')).toEqual({
      keys: [{ algorithm: 'ed25519', signature: 'v1a', publicKey: body.publicKey }],
    });
    expect(await keysOf('nobody')).toMatchObject({ keys: [{ algorithm: 'ed25519' }] });
  });
});

describe('GET /v1/notifications', () => {
  let calls: Call[];
  const list = (query: string) =>
    api.request<{ items: Notification[]; nextCursor: string | null }>(`/v1/notifications?${query}`);

  beforeAll(async () => {
    const all = { webhook: { ...webhook, events: ['call.accepted', 'call.completed'] } };
    calls = [(await submit(all)).body, (await submit(all)).body];
    for (const { id } of calls) {
      const { processing, completed } = courseOf(id);
      await api.change(id, [processing, completed]);
    }
    while ((await notifyAccount(api.database, 'alpha')).more);
  });

  test("lists a call's notifications, newest first, in pages", async () => {
    const [call] = calls;
    const whole = await list(`callId=${call?.id}`);
    const first = await list(`callId=${call?.id}&limit=1`);
    const second = await list(`callId=${call?.id}&limit=1&cursor=${first.body.nextCursor}`);

    expect(whole.body.items.map(({ event }) => event.type).sort()).toEqual(['call.accepted', 'call.completed']);
    expect([...first.body.items, ...second.body.items]).toEqual(whole.body.items);
    expect(second.body.nextCursor).toBeNull();
  });

  test('filters by status, and refuses a status that there is not', async () => {
    expect((await list('status=delivered')).body.items).toEqual([]);
    expect((await list('status=pending&status=failed')).body.items.length).toBeGreaterThanOrEqual(4);
    expect((await list('status=lost')).status).toBe(422);
    expect((await list('callId=call_x')).status).toBe(422);
  });
});

describe('POST /v1/notifications/:id/resend', () => {
  test('begins anew what was given up, with its id and all the time of a new one', async () => {
    const { body: call } = await submit({ webhook: { ...webhook, events: ['call.accepted'] } });
    while ((await notifyAccount(api.database, 'alpha')).more);
    const long = new Date(Date.now() - 3 * 24 * 3600 * 1000);
    const { id } = await api.database
      .updateTable('notifications')
      .set({ status: 'failed', round_attempts: 15, attempt_count: 15, round_started_at: long, last_status: 503 })
      .where('call_id', '=', call.id)
      .returning('id')
      .executeTakeFirstOrThrow();
    const { status, body } = await api.request<Notification>(`/v1/notifications/${id}/resend`, { method: 'POST' });

    expect([status, body]).toMatchObject([202, { id, status: 'pending', attemptCount: 15 }]);
    const row = await api.database.selectFrom('notifications').selectAll().where('id', '=', id).executeTakeFirst();
    expect(row).toMatchObject({ round: 2, round_attempts: 0, next_attempt_at: null });
    expect(row?.round_started_at.getTime()).toBeGreaterThan(long.getTime() + 1000);
  });

  test('begins anew too what no workflow was confirmed for, so that one which starts just then finds its round over', async () => {
    const { body: call } = await submit({ webhook: { ...webhook, events: ['call.accepted'] } });
    while ((await notifyAccount(api.database, 'alpha')).more);
    const { items } = (await api.request<{ items: Notification[] }>(`/v1/notifications?callId=${call.id}`)).body;
    const [id = ''] = items.map((item) => item.id);
    const again = await api.request<Notification>(`/v1/notifications/${id}/resend`, { method: 'POST' });

    expect([again.status, again.body.status]).toEqual([202, 'pending']);
    const surroundings = { ...api, hasPage: false, webhookKeys: createWebhookKeys('x'.repeat(32)) };
    const preparing = { ...surroundings, baseUrl: () => api.url, thumbnailUrl: () => undefined };
    expect(await prepareNotification(preparing, id, 1)).toEqual({ kind: 'over' });
    expect(await prepareNotification(preparing, id, 2)).toMatchObject({ kind: 'post', url: webhook.url });
  });
});

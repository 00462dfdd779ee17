import { describe, expect, test } from '@jest/globals';
import { createId, type Problem, retentionKinds } from '@darkroom/contract';
import { sql } from 'kysely';
import { courseOf } from '../../test/public-api.ts';
import { setUpRetention } from '../../test/set-up-retention.ts';
import { until } from '../../test/until.ts';
import { appendEvents } from '../events/append-events.ts';
import { findFinished } from './finished-workflows.ts';

const { api, inTenDays, removeAll, acceptCall, endedCall } = setUpRetention();

const sequences = async (path: string) => (await api.events(path)).map(({ sequence }) => sequence);
const stream = (path: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
  api.open(path, { headers: { accept: 'text/event-stream', ...headers }, ...(signal && { signal }) });

describe('events', () => {
  test('go from the beginning of a log, up to the first of a call that has not ended; the calls and their keys stay', async () => {
    const first = await endedCall('alpha', { 'idempotency-key': 'the first' });
    const open = await acceptCall();
    const behind = await endedCall();
    const retention = inTenDays();
    expect(await removeAll('events', retention)).toEqual({ count: 3, bytes: expect.any(Number) });
    expect(await sequences('/v1/events?after=3')).toEqual([4, 5, 6, 7]);
    expect((await api.request(`/v1/calls/${first}`)).body).toMatchObject({ status: 'completed' });
    expect(await acceptCall('alpha', { 'idempotency-key': 'the first' })).toBe(first);
    expect(await sequences(`/v1/calls/${behind}/events`)).toEqual([5, 6, 7]);
    expect(await retention.metrics()).toContain('darkroom_retention_removed_total{kind="events"} 3');

    const { processing, completed } = courseOf(open);
    await api.change(open, [processing, completed]);
    expect(await removeAll('events')).toMatchObject({ count: 6 });
    expect(await removeAll('events')).toEqual({ count: 0, bytes: 0 });
    await acceptCall();
    expect(await sequences('/v1/events?after=9')).toEqual([10]);
  });

  test('that are younger stay, and so does all that is behind them', async () => {
    await endedCall();
    await endedCall();
    await endedCall('beta');
    const young = sql`update events set created_at = now() + interval '9 days' where account_id = 'alpha' and sequence = 5`;
    await young.execute(api.database);
    await sql`update events set created_at = now() + interval '9 days' where account_id = 'beta'`.execute(api.database);
    expect(await removeAll('events')).toMatchObject({ count: 4 });
    expect(await sequences('/v1/events?after=4')).toEqual([5, 6]);
    expect((await api.events('/v1/events', { account: 'beta' })).length).toBe(3);
  });

  test('of a batch stay until it has ended; then its log says where the account’s begins', async () => {
    const batch = { batchId: createId('bat'), type: 'batch.accepted', status: 'pending', data: {} } as const;
    await sql`
      insert into batches (id, account_id, body_sha256, strategy, max_concurrent, on_failure, metadata, total)
      values (${batch.batchId}, 'alpha', '', 'parallel', 1, 'continue', '{}', 1)`.execute(api.database);
    await api.database.transaction().execute((transaction) => appendEvents(transaction, 'alpha', [batch]));
    await endedCall();
    expect(await removeAll('events')).toEqual({ count: 0, bytes: 0 });
    expect((await api.request(`/v1/batches/${batch.batchId}/events`)).status).toBe(200);

    await sql`update batches set status = 'completed', completed_at = now()`.execute(api.database);
    expect(await removeAll('events')).toMatchObject({ count: 4 });
    const { status, body } = await api.request<Problem>(`/v1/batches/${batch.batchId}/events`);
    expect([status, body.code, body.firstSequence]).toEqual([410, 'events_removed', 5]);
    expect(await sequences(`/v1/batches/${batch.batchId}/events?after=4`)).toEqual([]);
  });

  test('stay until notifications have read them and are delivered; what is gone cannot be sent again', async () => {
    const call = await endedCall();
    const [subscription, notification] = [createId('sub'), createId('ntf')];
    await sql`insert into notification_cursors (account_id, sequence) values ('alpha', 2)`.execute(api.database);
    expect(await removeAll('events')).toMatchObject({ count: 2 });

    await sql`update notification_cursors set sequence = 3`.execute(api.database);
    await sql`
      insert into subscriptions (id, account_id, call_id, channel, target)
      values (${subscription}, 'alpha', ${call}, 'webhook', 'https://example.com/hook')`.execute(api.database);
    await sql`
      insert into notifications (id, account_id, subscription_id, call_id, sequence, event_type, event_created_at, channel, status)
      values (${notification}, 'alpha', ${subscription}, ${call}, 3, 'call.completed', now(), 'webhook', 'delivering')`.execute(
      api.database,
    );
    expect(await removeAll('events')).toMatchObject({ count: 0 });
    const workflows = [notification, `${notification}-2`].map((workflowId) => {
      return { workflowId, workflowType: 'notificationWorkflow' };
    });
    expect(await findFinished(api.database, workflows)).toEqual([]);

    await sql`update notifications set status = 'delivered'`.execute(api.database);
    expect(await removeAll('events')).toMatchObject({ count: 1 });
    expect(await findFinished(api.database, workflows)).toEqual(workflows);
    const resent = await api.request<Problem>(`/v1/notifications/${notification}/resend`, { method: 'POST' });
    expect([resent.status, resent.body.code]).toEqual([410, 'events_removed']);
  });

  test('[P4] that are gone are told, with where the log begins, to whoever has not seen them', async () => {
    const first = await endedCall();
    await acceptCall();
    await removeAll('events');
    const readers = ['/v1/events', '/v1/events?after=2', '/v1/events?cursor=1', `/v1/calls/${first}/events`];
    for (const path of readers) {
      const { status, body } = await api.request<Problem>(path);
      expect([path, status, body.code, body.firstSequence]).toEqual([path, 410, 'events_removed', 4]);
      const refused = await stream(path);
      expect([refused.status, ((await refused.json()) as Problem).firstSequence]).toEqual([410, 4]);
    }
    const lagging = await stream('/v1/events?after=3', { 'last-event-id': '2' });
    expect([lagging.status, ((await lagging.json()) as Problem).firstSequence]).toEqual([410, 4]);

    expect(await sequences('/v1/events?after=3')).toEqual([4]);
    expect(await sequences(`/v1/calls/${first}/events?after=3`)).toEqual([]);
    const leaving = new AbortController();
    expect((await stream('/v1/events?after=3', {}, leaving.signal)).status).toBe(200);
    leaving.abort();
    expect((await api.request('/v1/events', { account: 'beta' })).status).toBe(200);
  });

  test('[P4] are never missing from what somebody reads who is told nothing, also while they are being removed', async () => {
    const callId = await endedCall();
    await sql`
      insert into events (account_id, sequence, call_id, call_sequence, type, status, data)
      select 'alpha', n, ${callId}, n, 'call.progress', 'processing', '{}' from generate_series(4, 6000) n`.execute(
      api.database,
    );
    await sql`update accounts set last_sequence = 6000 where id = 'alpha'`.execute(api.database);

    let isOver = false;
    const answers = { whole: 0, told: 0 };
    const read = async (path: (after: number) => string) => {
      for (let after = 0; !isOver || answers.told === 0; after = (after + 997) % 5900) {
        const { status, body } = await api.request<{ items: { sequence: number }[] }>(path(after));
        if (status === 410) answers.told += 1;
        else {
          expect(status).toBe(200);
          expect(body.items.map(({ sequence }) => sequence)).toEqual(
            body.items.map((_item, index) => after + 1 + index),
          );
          expect(body.items.length).toBe(100);
          answers.whole += 1;
        }
      }
    };
    const readers = [
      read((after) => `/v1/events?after=${after}`),
      read((after) => `/v1/calls/${callId}/events?after=${after}`),
    ];
    await until(
      () => answers.whole,
      (whole) => whole > 10,
    );
    const removing = removeAll('events').finally(() => (isOver = true));
    expect(await removing).toMatchObject({ count: 6000 });
    await Promise.all(readers);
    expect(answers.told).toBeGreaterThan(0);
  });
});

test('nothing is removed where nothing is configured', async () => {
  await endedCall();
  for (const kind of retentionKinds) expect(await removeAll(kind, inTenDays({}))).toEqual({ count: 0, bytes: 0 });
  expect(await sequences('/v1/events')).toEqual([1, 2, 3]);
  expect(await removeAll('events', inTenDays({ artifacts: 7 }))).toEqual({ count: 0, bytes: 0 });
});

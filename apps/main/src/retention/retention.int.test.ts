import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from '@jest/globals';
import { createId, type Problem, type RetentionKind, retentionKinds } from '@darkroom/contract';
import { createLogger } from '@darkroom/platform-logging';
import { createObjectStore, type ObjectStore } from '@darkroom/platform-object-store';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { sql } from 'kysely';
import { courseOf, type PublicApi, startPublicApi, type testKeys } from '../../test/public-api.ts';
import { testArtifact } from '../../test/internal-side.ts';
import { appendEvents } from '../events/append-events.ts';
import { until } from '../../test/until.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { applyReport } from '../reports/apply-report.ts';
import { createRemovers } from './create-removers.ts';
import { findFinished } from './finished-workflows.ts';
import { createRetention, type Retention } from './retention.ts';
import type { RetentionDays } from './retention-settings.ts';

let middleware: TestMiddleware;
let objectStore: ObjectStore;
let api: PublicApi;

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true, objectStore: true });
  const { endpoint, region, accessKeyId, secretAccessKey } = middleware.objectStore;
  const bucket = await middleware.objectStore.createBucket();
  objectStore = createObjectStore({ endpoint, region, accessKeyId, secretAccessKey, bucket, objectKeyPrefix: 'test' });
});
beforeEach(async () => {
  api = await startPublicApi(await middleware.postgres.createDatabase(), { objectStore });
});
afterEach(() => api.close());
afterAll(async () => {
  objectStore.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

const logger = createLogger({ service: 'main', level: 'silent', json: true });
const noHistories = {
  list: () => Promise.resolve({ workflows: [], token: null }),
  delete: () => Promise.resolve(false),
};

/** Ten days from now, with seven days of everything kept where nothing else is said. */
function inTenDays(
  days: RetentionDays = { events: 7, artifacts: 7, histories: 7 },
  store: Pick<ObjectStore, 'delete'> = objectStore,
): Retention & { metrics(): Promise<string> } {
  const { database } = api;
  const metrics = createMetrics({ database, logger });
  const removers = createRemovers({ database, objectStore: store, closedWorkflows: noHistories });
  const now = () => new Date(Date.now() + 10 * 24 * 3_600_000);
  const retention = createRetention({ days, removers, metrics: metrics.retention, logger, now });
  return { ...retention, metrics: () => metrics.registry.metrics() };
}

async function removeAll(kind: RetentionKind, retention: Retention = inTenDays()) {
  const removed = { count: 0, bytes: 0 };
  let cursor: string | null = null;
  do {
    const step = await retention.remove(kind, cursor);
    removed.count += step.count;
    removed.bytes += step.bytes;
    cursor = step.cursor;
  } while (cursor !== null);
  return removed;
}

async function acceptCall(account: keyof typeof testKeys = 'alpha', headers: Record<string, string> = {}) {
  return (await api.submit({ account, headers })).body.id;
}

async function endedCall(account: keyof typeof testKeys = 'alpha', headers: Record<string, string> = {}) {
  const id = await acceptCall(account, headers);
  const { processing, completed } = courseOf(id);
  await api.change(id, [processing, completed]);
  return id;
}

const sequences = async (path: string) => (await api.events(path)).map(({ sequence }) => sequence);
const stream = (path: string, headers: Record<string, string> = {}) =>
  api.open(path, { headers: { accept: 'text/event-stream', ...headers } });

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
    const workflows = [notification, `${notification}-2`];
    expect([...(await findFinished(api.database, workflows))]).toEqual([]);

    await sql`update notifications set status = 'delivered'`.execute(api.database);
    expect(await removeAll('events')).toMatchObject({ count: 1 });
    expect([...(await findFinished(api.database, workflows))]).toEqual(workflows);
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
    expect((await stream('/v1/events?after=3', { 'last-event-id': '2' })).status).toBe(410);

    expect(await sequences('/v1/events?after=3')).toEqual([4]);
    expect(await sequences(`/v1/calls/${first}/events?after=3`)).toEqual([]);
    const open = await stream('/v1/events?after=3');
    expect(open.status).toBe(200);
    await open.body?.cancel();
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

describe('artifacts', () => {
  async function artifactOf(callId: string, account: keyof typeof testKeys = 'alpha') {
    const id = createId('art');
    const key = `test/${account}/${callId}/${id}.png`;
    await objectStore.put({ key, bytes: Buffer.from('picture'), contentType: 'image/png' });
    const row = { id, account_id: account, call_id: callId, attempt: 1, position: 0, object_key: key };
    const facts = { content_type: 'image/png', bytes: 7, sha256: 'a'.repeat(64), late: true };
    await api.database
      .insertInto('artifacts')
      .values({ ...row, ...facts })
      .execute();
    await api.database.updateTable('calls').set({ has_late_artifacts: true }).where('id', '=', callId).execute();
    return { id, key };
  }
  const statusOf = async (path: string, account: keyof typeof testKeys = 'alpha') =>
    (await api.open(path, { account })).status;

  test('are deleted from storage and say so; their call still tells what they were', async () => {
    const callId = await endedCall();
    const old = await artifactOf(callId);
    const retention = inTenDays();
    expect(await removeAll('artifacts', retention)).toEqual({ count: 1, bytes: 7 });
    expect(await objectStore.head(old.key)).toBeUndefined();
    for (const path of [`/v1/artifacts/${old.id}`, `/v1/artifacts/${old.id}/download`]) {
      const { status, body } = await api.request<Problem>(path);
      expect([status, body.code]).toEqual([410, 'artifact_removed']);
      expect(await statusOf(path, 'beta')).toBe(404);
    }
    expect((await api.request(`/v1/calls/${callId}`)).body).toMatchObject({
      lateArtifacts: [{ artifactId: old.id, bytes: 7, contentType: 'image/png' }],
    });
    expect(await removeAll('artifacts', retention)).toEqual({ count: 0, bytes: 0 });

    const { artifactId, objectKey } = { artifactId: old.id, objectKey: old.key };
    const again = { ...testArtifact(callId), artifactId, objectKey };
    const report = { reportId: 'run:9', runId: 'run', workflowId: callId, events: [], lateArtifacts: [again] };
    const changing = { ...api, metrics: createMetrics({ database: api.database, logger }).calls, logger };
    expect(await applyReport(changing, callId, report)).toMatchObject({ applied: false });
    expect(await statusOf(`/v1/artifacts/${old.id}`)).toBe(410);
    expect(await retention.metrics()).toContain('darkroom_retention_removed_bytes_total{kind="artifacts"} 7');
  });

  test('that are younger, of a call that has not ended, or whose answer is still in the spool stay', async () => {
    const spooled = await endedCall();
    await sql`insert into spool (call_id, attempt, bytes, sha256) values (${spooled}, 1, 3, 'abc')`.execute(
      api.database,
    );
    const young = await artifactOf(await endedCall('beta'), 'beta');
    await sql`update artifacts set created_at = now() + interval '9 days' where id = ${young.id}`.execute(api.database);
    const kept = [young, await artifactOf(await acceptCall()), await artifactOf(spooled)];
    await artifactOf(await endedCall());
    expect(await removeAll('artifacts')).toMatchObject({ count: 1 });
    for (const { key } of kept) expect(await objectStore.head(key)).toBeDefined();
    expect(await statusOf(`/v1/artifacts/${young.id}/download`, 'beta')).toBe(302);
  });

  test('whose deletion was interrupted before it was noted are noted by the next run, and nothing is left over', async () => {
    const callId = await endedCall();
    const old = await Promise.all(Array.from({ length: 70 }, () => artifactOf(callId)));
    let deletes = 0;
    const killed = {
      async delete(key: string) {
        await objectStore.delete(key);
        if ((deletes += 1) === 20) throw new Error('killed');
      },
    };
    await expect(removeAll('artifacts', inTenDays(undefined, killed))).rejects.toThrow('killed');
    expect(
      await api.database.selectFrom('artifacts').selectAll().where('removed_at', 'is not', null).execute(),
    ).toEqual([]);

    expect(await removeAll('artifacts')).toEqual({ count: 70, bytes: 490 });
    for (const { key } of old) expect(await objectStore.head(key)).toBeUndefined();
  });
});

test('nothing is removed where nothing is configured', async () => {
  await endedCall();
  for (const kind of retentionKinds) expect(await removeAll(kind, inTenDays({}))).toEqual({ count: 0, bytes: 0 });
  expect(await sequences('/v1/events')).toEqual([1, 2, 3]);
  expect(await removeAll('events', inTenDays({ artifacts: 7 }))).toEqual({ count: 0, bytes: 0 });
});

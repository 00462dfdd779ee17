import { describe, expect, test } from '@jest/globals';
import { type Call, createId, type Problem, type Upload } from '@darkroom/contract';
import { sql } from 'kysely';
import { testArtifact } from '../../test/internal-side.ts';
import type { Answer, testKeys } from '../../test/public-api.ts';
import { sendFile } from '../../test/send-file.ts';
import { logger, setUpRetention } from '../../test/set-up-retention.ts';
import { untilBlocked } from '../../test/until-blocked.ts';
import { photo } from '../../test/upload-files.ts';
import { thumbnailKey } from '../media/thumbnail-key.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { applyReport } from '../reports/apply-report.ts';

const { api, inTenDays, removeAll, acceptCall, endedCall } = setUpRetention();

const picture = photo('png');

describe('artifacts', () => {
  async function artifactOf(callId: string, account: keyof typeof testKeys = 'alpha') {
    const id = createId('art');
    const key = `test/${account}/${callId}/${id}.png`;
    await api.objectStore.put({ key, bytes: await picture, contentType: 'image/png' });
    const row = { id, account_id: account, call_id: callId, attempt: 1, position: 0, object_key: key };
    const facts = { content_type: 'image/png', bytes: 7, sha256: 'a'.repeat(64), late: true };
    await api.database
      .insertInto('artifacts')
      .values({ ...row, ...facts })
      .execute();
    await api.database.updateTable('calls').set({ has_late_artifacts: true }).where('id', '=', callId).execute();
    return { id, key };
  }
  const oldArtifact = async () => artifactOf(await endedCall());
  const bodyWith = (image: object) => {
    return { integration: 'nanobanana2', operation: 'image-to-image', input: { prompt: 'x', images: [image] } };
  };
  async function accept(body: object, path = '/v1/calls'): Promise<{ id: string }> {
    const accepted = await api.request<{ id: string }>(path, { method: 'POST', body });
    expect(accepted.status).toBe(202);
    return accepted.body;
  }
  const statusOf = async (path: string, account: keyof typeof testKeys = 'alpha') =>
    (await api.open(path, { account })).status;

  test('are deleted from storage and say so; their call still tells what they were', async () => {
    const callId = await endedCall();
    const old = await artifactOf(callId);
    expect(await statusOf(`/v1/artifacts/${old.id}/thumbnail`)).toBe(200);
    expect(await api.objectStore.head(thumbnailKey(old.key))).toMatchObject({ contentType: 'image/jpeg' });
    const retention = inTenDays();
    expect(await removeAll('artifacts', retention)).toEqual({ count: 1, bytes: 7 });
    for (const key of [old.key, thumbnailKey(old.key)]) expect(await api.objectStore.head(key)).toBeUndefined();
    for (const path of [
      `/v1/artifacts/${old.id}/thumbnail`,
      `/v1/artifacts/${old.id}`,
      `/v1/artifacts/${old.id}/download`,
    ]) {
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
    for (const { key } of kept) expect(await api.objectStore.head(key)).toBeDefined();
    expect(await statusOf(`/v1/artifacts/${young.id}/download`, 'beta')).toBe(302);
  });

  test('whose deletion was interrupted are gone for readers; the next run deletes them and says so, and nothing is left over', async () => {
    const callId = await endedCall();
    const old = await Promise.all(Array.from({ length: 70 }, () => artifactOf(callId)));
    let deletes = 0;
    const killed = {
      async delete(key: string) {
        await api.objectStore.delete(key);
        if ((deletes += 1) === 20) throw new Error('killed');
      },
    };
    await expect(removeAll('artifacts', inTenDays(undefined, killed))).rejects.toThrow('killed');
    const [first] = await api.database
      .selectFrom('artifacts')
      .selectAll()
      .where('deletion_pending', '=', true)
      .execute();
    expect(await statusOf(`/v1/artifacts/${first?.id}`)).toBe(410);

    expect(await removeAll('artifacts')).toEqual({ count: 70, bytes: 490 });
    for (const { key } of old) expect(await api.objectStore.head(key)).toBeUndefined();
  });

  test('that a call names which has not ended stay until it has, be it later, a retry or in a batch; what an upload was made from goes', async () => {
    const [later, retried, inBatch] = await Promise.all([oldArtifact(), oldArtifact(), oldArtifact()]);
    const uploaded = await oldArtifact();
    const made = await sendFile<Upload>(api, await photo('png'), { sourceArtifactIds: [uploaded.id, inBatch.id] });
    const first = await accept(bodyWith({ artifactId: retried.id }));
    await api.change(first.id, [{ type: 'call.cancelled', data: { billing: 'not_charged' } }]);
    const calls = [
      (await accept({ ...bodyWith({ artifactId: later.id }), delaySeconds: 30 * 24 * 3_600 })).id,
      (await api.request<Call>(`/v1/calls/${first.id}/retry`, { method: 'POST' })).body.id,
      (await accept(bodyWith({ uploadId: made.body.id }))).id,
    ];
    const batch = await accept({ calls: [bodyWith({ artifactId: inBatch.id })] }, '/v1/batches');

    expect(await removeAll('artifacts')).toMatchObject({ count: 1 });
    expect(await api.objectStore.head(uploaded.key)).toBeUndefined();
    for (const { key } of [later, retried, inBatch]) expect(await api.objectStore.head(key)).toBeDefined();

    const cancelled = { status: 'cancelled', completed_at: new Date() } as const;
    await api.database.updateTable('calls').set(cancelled).where('id', 'in', calls).execute();
    expect(await removeAll('artifacts')).toMatchObject({ count: 2 });
    await api.database.updateTable('calls').set(cancelled).where('batch_id', '=', batch.id).execute();
    expect(await removeAll('artifacts')).toMatchObject({ count: 1 });
  });

  test('that are old and named by more calls than are looked at together do not keep the younger ones', async () => {
    const callId = await endedCall();
    const old = await Promise.all(Array.from({ length: 130 }, () => artifactOf(callId)));
    await oldArtifact();
    await accept({ calls: old.map(({ id }) => bodyWith({ artifactId: id })) }, '/v1/batches');
    expect(await removeAll('artifacts')).toMatchObject({ count: 1 });
  });

  const place = '/input/images/0/artifactId';
  const submissions: [name: string, submit: (call: object) => Promise<Answer<Problem>>, fault: string][] = [
    ['a call', (body) => api.refused({ body }), place],
    ['a call with a key', (body) => api.refused({ body, headers: { 'idempotency-key': 'one' } }), place],
    [
      'a batch',
      (call) => api.refused({ path: '/v1/batches', body: { batchId: 'one', calls: [call] } }),
      `/calls/0${place}`,
    ],
  ];
  test.each(submissions)(
    'that are being removed refuse %s that named them a moment before, and stay where it came first',
    async (_name, submitCall, fault) => {
      const [gone, there] = await Promise.all([oldArtifact(), oldArtifact()]);
      const submit = (artifactId: string) => submitCall(bodyWith({ artifactId }));
      const before = await api.countRows('calls');
      const removing = await api.database.startTransaction().execute();
      await removing.updateTable('artifacts').set({ removed_at: new Date() }).where('id', '=', gone.id).execute();
      const refused = submit(gone.id);
      await untilBlocked(api.pool, 1);
      await removing.commit().execute();
      expect((await refused).body).toMatchObject({
        status: 422,
        errors: [{ path: fault, message: expect.stringContaining('no artifact of') }],
      });
      expect([await api.countRows('calls'), await api.countRows('idempotency_keys')]).toEqual([before, 0]);

      // The account's counter is an acceptance's last lock: it holds all that it needs while it waits here.
      const holding = await api.database.startTransaction().execute();
      await holding.selectFrom('accounts').selectAll().forUpdate().execute();
      const accepted = submit(there.id);
      await untilBlocked(api.pool, 1);
      expect(await removeAll('artifacts')).toEqual({ count: 0, bytes: 0 });
      await holding.rollback().execute();
      expect((await accepted).status).toBe(202);
      expect(await removeAll('artifacts')).toEqual({ count: 0, bytes: 0 });
      expect(await api.objectStore.head(there.key)).toBeDefined();
    },
  );
});

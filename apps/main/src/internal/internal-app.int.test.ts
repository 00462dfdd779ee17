import { failure } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { internalToken } from '../../test/internal-api.ts';
import { completed, testArtifact } from '../../test/internal-side.ts';
import { setUpInternalApi } from '../../test/set-up-internal-api.ts';
import { until } from '../../test/until.ts';

const { main, api } = setUpInternalApi({ wanted: { postgres: true } });

describe('the internal API', () => {
  test('lets nobody in without the internal token', async () => {
    const callId = await main.accept();
    for (const header of ['', 'Bearer wrong', `Bearer ${internalToken} `, internalToken, `bearer ${internalToken}x`]) {
      const answer = await api.ask(`/internal/calls/${callId}`, { headers: { authorization: header } });
      expect([header, answer.status]).toEqual([header, header === `Bearer ${internalToken} ` ? 200 : 401]);
      if (answer.status === 401) expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    expect(
      (
        await api.ask(`/internal/calls/${callId}/reports`, {
          method: 'POST',
          json: {},
          headers: { authorization: 'x' },
        })
      ).status,
    ).toBe(401);
  });

  test('tells a worker what it needs to know of a call', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    expect(await (await api.ask(`/internal/calls/${callId}`)).json()).toEqual({
      status: 'processing',
      accountId: 'default',
      integration: 'testing',
      operation: 'draw',
      input: { prompt: 'a tree' },
      limits: expect.objectContaining({ deadlineSeconds: 600 }),
      cancelRequested: false,
      submissions: [{ attempt: 1, outcome: 'in_flight', credentialId: 'testing', claimedAt: expect.any(String) }],
    });
    await main.report(callId, [{ type: 'call.submitted', data: { attempt: 1, externalId: 'task-1' } }]);
    await main.arrange(callId, 'cancel_requested_at = now()');
    expect(await (await api.ask(`/internal/calls/${callId}`)).json()).toMatchObject({
      cancelRequested: true,
      submissions: [{ attempt: 1, outcome: 'accepted', externalId: 'task-1' }],
    });
    expect((await api.ask('/internal/calls/call_nothing')).status).toBe(404);
  });

  test('refuses a report that is not UTF-8', async () => {
    const callId = await main.accept();
    const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    const headers = { 'content-type': 'application/json' };
    const answer = await api.ask(`/internal/calls/${callId}/reports`, { method: 'POST', bytes, headers });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ detail: 'The body is not UTF-8.' }),
    ]);
  });

  test('tells a worker where an artifact of the account is, for as long as it is there', async () => {
    const callId = await main.accept();
    const artifact = testArtifact(callId);
    await main.claim(callId);
    await main.report(callId, [{ type: 'call.submitted', data: { attempt: 1 } }, completed(artifact)]);
    const placeFor = async (accountId: string) =>
      (await api.ask(`/internal/artifacts/${artifact.artifactId}?accountId=${accountId}`)).json();

    expect([await placeFor('default'), await placeFor('other')]).toEqual([
      { objectKey: artifact.objectKey },
      { objectKey: null },
    ]);
    await main.database
      .updateTable('artifacts')
      .set({ removed_at: new Date() })
      .where('id', '=', artifact.artifactId)
      .execute();
    expect(await placeFor('default')).toEqual({ objectKey: null });
  });

  test('tells which tasks of a provider belong to a submission, of whatever account, with these credentials', async () => {
    const known = { mine: await main.accept(), theirs: await main.accept({ accountId: 'other' }) };
    for (const [externalId, callId] of Object.entries(known)) {
      await main.claim(callId);
      await main.report(callId, [{ type: 'call.submitted', data: { attempt: 1, externalId } }]);
    }
    const query = { integration: 'testing', credentialId: 'testing', externalIds: ['mine', 'theirs', 'nobody’s'] };
    const claimedOf = async (asked: object) =>
      (await api.ask('/internal/external-ids', { method: 'POST', json: { ...query, ...asked } })).json();
    expect(await claimedOf({})).toEqual({ claimed: expect.arrayContaining(['mine', 'theirs']) });
    expect(await claimedOf({})).toEqual({ claimed: expect.not.arrayContaining(['nobody’s']) });
    for (const other of [{ integration: 'polling' }, { credentialId: 'previous' }, { externalIds: [] }])
      expect(await claimedOf(other)).toEqual({ claimed: [] });
    const many = { ...query, externalIds: Array.from({ length: 501 }, (_, index) => `task-${index}`) };
    expect((await api.ask('/internal/external-ids', { method: 'POST', json: many })).status).toBe(422);
  });

  test('takes a report, refuses one that cannot be, and says why', async () => {
    const callId = await main.accept();
    const report = {
      reportId: 'run:1',
      runId: 'run',
      workflowId: callId,
      events: [{ type: 'call.failed', data: { error: failure('internal', 'it broke') } }],
    };
    const answer = await api.ask(`/internal/calls/${callId}/reports`, { method: 'POST', json: report });
    expect(await answer.json()).toEqual({ applied: true, status: 'failed' });

    const other = await main.accept();
    const refused = await api.ask(`/internal/calls/${other}/reports`, {
      method: 'POST',
      json: { ...report, events: [{ type: 'call.submitted', data: { attempt: 1 } }] },
    });
    expect([refused.status, await refused.json()]).toEqual([
      422,
      expect.objectContaining({ code: 'report_refused', detail: expect.stringContaining('never claimed') }),
    ]);
    const nonsense = await api.ask(`/internal/calls/${other}/reports`, {
      method: 'POST',
      json: { events: [{ type: 'call.accepted' }] },
    });
    expect([nonsense.status, await nonsense.json()]).toEqual([
      422,
      expect.objectContaining({ code: 'invalid_request' }),
    ]);
    expect((await api.ask('/internal/calls/call_nothing/reports', { method: 'POST', json: report })).status).toBe(404);
  });
});

describe('/metrics', () => {
  test('needs no token and tells of calls, submissions, waiting and memory', async () => {
    const [done, failed, waiting] = [await main.accept(), await main.accept(), await main.accept()];
    await main.claim(done);
    await main.report(done, [{ type: 'call.submitted', data: { attempt: 1 } }, completed(testArtifact(done))]);
    await main.report(failed, [{ type: 'call.failed', data: { error: failure('content_rejected', 'no') } }]);
    await main.arrange(waiting, `queued_at = now() - interval '90 seconds'`);

    const answer = await api.ask('/metrics', { headers: { authorization: '' } });
    const text = await answer.text();
    expect(text).toMatch(
      /darkroom_calls_ended_total\{integration="testing",operation="draw",outcome="completed",code=""\} \d+/,
    );
    expect(text).toMatch(
      /darkroom_calls_ended_total\{integration="testing",operation="draw",outcome="failed",code="content_rejected"\} 1/,
    );
    expect(text).toMatch(/darkroom_submissions_total\{integration="testing",outcome="claimed"\} \d+/);
    expect(text).toMatch(/darkroom_submissions_total\{integration="testing",outcome="accepted"\} \d+/);
    for (const step of ['start', 'submit', 'finish']) {
      expect(text).toMatch(new RegExp(`darkroom_call_time_to_${step}_seconds_count\\{integration="testing"\\} [1-9]`));
    }
    expect(Number(/^darkroom_oldest_waiting_call_age_seconds (.+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(90);
    expect(text).toMatch(/^darkroom_open_batches 0$/m);
    expect(text).toContain('process_resident_memory_bytes');
  });

  test('still answers while the database is away', async () => {
    await main.middleware.postgres.stop();
    const text = await (await api.ask('/metrics')).text();
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toMatch(/^darkroom_spool_bytes \d/m);
    await main.middleware.postgres.start();
    await until(
      async () => (await api.ask('/metrics')).text(),
      (metrics) => /^darkroom_spool_bytes \d/m.test(metrics),
    );
  });
});

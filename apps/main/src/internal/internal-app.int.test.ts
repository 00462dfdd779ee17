import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure } from '@darkroom/contract';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { completed, openInternalSide, testArtifact, testClaim, type InternalSide } from '../../test/internal-side.ts';
import { until } from '../../test/until.ts';
import type { ApiInstance } from '../api-instance.ts';
import { createInternalApp } from './internal-app.ts';

const token = 'an-internal-token';
const totalBytes = 3_000_000;
const entryBytes = 2_500_000;

let middleware: TestMiddleware;
let main: InternalSide;
let app: ApiInstance;

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true });
  main = await openInternalSide(await middleware.postgres.createDatabase());
  app = createInternalApp({ ...main.changing, token, metrics: main.metrics, spoolLimits: { entryBytes, totalBytes } });
  await app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await app.close();
  await main.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

const authorization = `Bearer ${token}`;
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function ask(
  path: string,
  {
    method = 'GET',
    json,
    bytes,
    headers = {},
  }: { method?: string; json?: unknown; bytes?: Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {},
) {
  const { port } = app.server.address() as AddressInfo;
  const type = json === undefined ? 'application/octet-stream' : 'application/json';
  const body = json === undefined ? bytes : JSON.stringify(json);
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization, ...(body === undefined ? {} : { 'content-type': type }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

const claim = async (callId: string, given: object = {}) => {
  const answer = await ask(`/internal/calls/${callId}/submissions`, {
    method: 'POST',
    json: { ...testClaim(callId), ...given },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const put = (callId: string, bytes: Uint8Array<ArrayBuffer>, { attempt = 1, sha256 = sha256Of(bytes) } = {}) =>
  ask(`/internal/calls/${callId}/spool/${attempt}`, { method: 'PUT', bytes, headers: { 'x-content-sha256': sha256 } });

describe('the internal API', () => {
  test('lets nobody in without the internal token', async () => {
    const callId = await main.accept();
    for (const header of ['', 'Bearer wrong', `Bearer ${token} `, token, `bearer ${token}x`]) {
      const answer = await ask(`/internal/calls/${callId}`, { headers: { authorization: header } });
      expect([header, answer.status]).toEqual([header, header === `Bearer ${token} ` ? 200 : 401]);
      if (answer.status === 401) expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    expect(
      (await ask(`/internal/calls/${callId}/reports`, { method: 'POST', json: {}, headers: { authorization: 'x' } }))
        .status,
    ).toBe(401);
  });

  test('tells a worker what it needs to know of a call', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    expect(await (await ask(`/internal/calls/${callId}`)).json()).toEqual({
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
    expect(await (await ask(`/internal/calls/${callId}`)).json()).toMatchObject({
      cancelRequested: true,
      submissions: [{ attempt: 1, outcome: 'accepted', externalId: 'task-1' }],
    });
    expect((await ask('/internal/calls/call_nothing')).status).toBe(404);
  });

  test('tells which tasks of a provider belong to a submission, of whatever account, with these credentials', async () => {
    const known = { mine: await main.accept(), theirs: await main.accept({ accountId: 'other' }) };
    for (const [externalId, callId] of Object.entries(known)) {
      await main.claim(callId);
      await main.report(callId, [{ type: 'call.submitted', data: { attempt: 1, externalId } }]);
    }
    const query = { integration: 'testing', credentialId: 'testing', externalIds: ['mine', 'theirs', 'nobody’s'] };
    const claimedOf = async (asked: object) =>
      (await ask('/internal/external-ids', { method: 'POST', json: { ...query, ...asked } })).json();
    expect(await claimedOf({})).toEqual({ claimed: expect.arrayContaining(['mine', 'theirs']) });
    expect(await claimedOf({})).toEqual({ claimed: expect.not.arrayContaining(['nobody’s']) });
    for (const other of [{ integration: 'polling' }, { credentialId: 'previous' }, { externalIds: [] }])
      expect(await claimedOf(other)).toEqual({ claimed: [] });
    const many = { ...query, externalIds: Array.from({ length: 501 }, (_, index) => `task-${index}`) };
    expect((await ask('/internal/external-ids', { method: 'POST', json: many })).status).toBe(422);
  });

  test('takes a report, refuses one that cannot be, and says why', async () => {
    const callId = await main.accept();
    const report = {
      reportId: 'run:1',
      runId: 'run',
      workflowId: callId,
      events: [{ type: 'call.failed', data: { error: failure('internal', 'it broke') } }],
    };
    const answer = await ask(`/internal/calls/${callId}/reports`, { method: 'POST', json: report });
    expect(await answer.json()).toEqual({ applied: true, status: 'failed' });

    const other = await main.accept();
    const refused = await ask(`/internal/calls/${other}/reports`, {
      method: 'POST',
      json: { ...report, events: [{ type: 'call.submitted', data: { attempt: 1 } }] },
    });
    expect([refused.status, await refused.json()]).toEqual([
      422,
      expect.objectContaining({ code: 'report_refused', detail: expect.stringContaining('never claimed') }),
    ]);
    const nonsense = await ask(`/internal/calls/${other}/reports`, {
      method: 'POST',
      json: { events: [{ type: 'call.accepted' }] },
    });
    expect([nonsense.status, await nonsense.json()]).toEqual([
      422,
      expect.objectContaining({ code: 'invalid_request' }),
    ]);
    expect((await ask('/internal/calls/call_nothing/reports', { method: 'POST', json: report })).status).toBe(404);
  });
});

describe('a claim', () => {
  test('[P2] is granted once when two executions ask for one attempt at the same moment', async () => {
    const callId = await main.accept();
    const answers = await Promise.all(Array.from({ length: 6 }, () => claim(callId)));
    expect(answers.map(({ body }) => body['decision']).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 'already_claimed'),
      'proceed',
    ]);
    expect(answers.find(({ body }) => body['decision'] === 'already_claimed')?.body).toMatchObject({
      outcome: 'in_flight',
      spooled: false,
    });
    expect(await main.callOf(callId)).toMatchObject({ submissions_claimed: 1 });
  });

  test('whose answer was lost is granted again to the same token, and counts once', async () => {
    const callId = await main.accept();
    const claimToken = randomUUID();
    const first = await claim(callId, { claimToken });
    expect(first.body).toMatchObject({ decision: 'proceed' });
    expect(await claim(callId, { claimToken })).toEqual(first);
    expect((await main.eventTypes(callId)).filter((type) => type === 'call.submission_started')).toHaveLength(1);
  });

  test('[P2] repeated by its execution says that it is alive, and others are told how long ago that was', async () => {
    const callId = await main.accept();
    const claimToken = randomUUID();
    await claim(callId, { claimToken });
    await main.database
      .updateTable('submissions')
      .set({ seen_at: new Date(Date.now() - 40_000) })
      .where('call_id', '=', callId)
      .execute();
    const silent = (await claim(callId)).body;
    expect(silent).toMatchObject({ decision: 'already_claimed', outcome: 'in_flight' });
    expect(silent['lastSeenSecondsAgo']).toBeGreaterThanOrEqual(39);
    expect((await claim(callId, { claimToken })).body).toMatchObject({ decision: 'proceed' });
    const alive = (await claim(callId)).body;
    expect(alive['lastSeenSecondsAgo']).toBeLessThan(20);
  });

  test('for a call that is pending writes call.processing with it', async () => {
    const callId = await main.accept();
    await claim(callId, { runId: 'run-3' });
    expect(await main.eventTypes(callId)).toEqual(['call.accepted', 'call.processing', 'call.submission_started']);
    expect(await main.callOf(callId)).toMatchObject({ started_run_id: 'run-3', waiting_for: null });
  });

  test('is stopped when the call has ended, and when its deadline has passed since the first claim', async () => {
    const ended = await main.accept();
    await main.report(ended, [{ type: 'call.failed', data: { error: failure('internal', 'it broke') } }]);
    expect((await claim(ended)).body).toEqual({ decision: 'stop', reason: 'ended' });

    const late = await main.accept();
    await claim(late);
    await main.arrange(late, `first_claimed_at = now() - interval '601 seconds'`);
    expect((await claim(late, { attempt: 2 })).body).toEqual({ decision: 'stop', reason: 'deadline_passed' });
    expect((await claim('call_nothing')).status).toBe(404);
  });

  test('gives every attempt the deadline of the first', async () => {
    const callId = await main.accept({ limits: { deadlineSeconds: 60 } });
    const first = await claim(callId);
    const second = await claim(callId, { attempt: 2 });
    expect(second.body['deadlineAt']).toBe(first.body['deadlineAt']);
    const { first_claimed_at } = await main.callOf(callId);
    expect(first.body['deadlineAt']).toBe(new Date(Number(first_claimed_at) + 60_000).toISOString());
  });
});

describe('the spool', () => {
  test('tells which answers nobody comes for, because their call has ended', async () => {
    const [ended, open] = [await main.accept(), await main.accept()];
    const bytes = randomBytes(10);
    for (const callId of [ended, open]) {
      await claim(callId);
      await put(callId, bytes);
    }
    await main.report(ended, [{ type: 'call.failed', data: { error: failure('terminated', 'Terminated.') } }]);
    expect(await (await ask('/internal/spool?ended=true')).json()).toEqual({
      items: [{ callId: ended, attempt: 1, integration: 'testing' }],
    });
    for (const callId of [ended, open])
      await ask(`/internal/calls/${callId}/spool/1?sha256=${sha256Of(bytes)}`, { method: 'DELETE' });
    expect(await (await ask('/internal/spool?ended=true')).json()).toEqual({ items: [] });
  });

  test('gives back, byte for byte, what it took, and says that it has it', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    const bytes = randomBytes(2_300_001);
    expect((await put(callId, bytes)).status).toBe(201);
    expect((await put(callId, bytes)).status).toBe(200);
    expect((await claim(callId)).body).toMatchObject({ decision: 'already_claimed', spooled: true });

    const answer = await ask(`/internal/calls/${callId}/spool/1`);
    expect(sha256Of(new Uint8Array(await answer.arrayBuffer()))).toBe(sha256Of(bytes));
    expect(answer.headers.get('x-content-sha256')).toBe(sha256Of(bytes));

    const removal = `/internal/calls/${callId}/spool/1?sha256=`;
    expect((await ask(removal + 'f'.repeat(64), { method: 'DELETE' })).status).toBe(409);
    expect((await ask(removal + sha256Of(bytes), { method: 'DELETE' })).status).toBe(204);
    expect((await ask(removal + sha256Of(bytes), { method: 'DELETE' })).status).toBe(204);
    expect((await ask(`/internal/calls/${callId}/spool/1`)).status).toBe(404);
    expect(
      await main.database.selectFrom('spool_chunks').select('position').where('call_id', '=', callId).execute(),
    ).toEqual([]);
  });

  test('keeps nothing of an answer that is damaged, too long, cut off, of nobody or a second one', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    expect((await put(callId, randomBytes(2000), { sha256: 'a'.repeat(64) })).status).toBe(400);
    expect((await put(callId, Buffer.alloc(entryBytes + 1))).status).toBe(413);
    expect((await put(callId, randomBytes(10), { attempt: 2 })).status).toBe(404);
    await cutOff(callId);
    expect((await ask(`/internal/calls/${callId}/spool/1`)).status).toBe(404);

    const bytes = randomBytes(100);
    expect((await put(callId, bytes)).status).toBe(201);
    expect((await put(callId, randomBytes(100))).status).toBe(409);
    expect(sha256Of(new Uint8Array(await (await ask(`/internal/calls/${callId}/spool/1`)).arrayBuffer()))).toBe(
      sha256Of(bytes),
    );
    await ask(`/internal/calls/${callId}/spool/1?sha256=${sha256Of(bytes)}`, { method: 'DELETE' });
  });

  test('takes one of several equal answers that come at once', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    const bytes = randomBytes(50_000);
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await put(callId, bytes)).status));
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    await ask(`/internal/calls/${callId}/spool/1?sha256=${sha256Of(bytes)}`, { method: 'DELETE' });
  });

  test('makes new submissions wait once it is full, and claims nothing for them', async () => {
    const [full, more] = [await main.accept(), await main.accept()];
    await main.claim(full);
    await main.claim(full, { attempt: 2 });
    const answers = [randomBytes(1_600_000), randomBytes(1_600_000)];
    for (const [index, bytes] of answers.entries())
      expect((await put(full, bytes, { attempt: index + 1 })).status).toBe(201);

    expect((await claim(more)).body).toEqual({
      decision: 'wait',
      reason: 'spool_full',
      retryAfterSeconds: expect.any(Number),
    });
    expect(await main.callOf(more)).toMatchObject({ status: 'pending', submissions_claimed: 0 });
    await main.claim(full, { attempt: 3 });
    const refused = await put(full, randomBytes(10), { attempt: 1 });
    expect(refused.status).toBe(409);
    const third = await main.accept();
    await main.database
      .insertInto('submissions')
      .values({
        call_id: third,
        attempt: 1,
        run_id: 'run',
        activity_id: '1',
        claim_token: randomUUID(),
        credential_id: 'testing',
      })
      .execute();
    const later = await put(third, randomBytes(10));
    expect([later.status, later.headers.get('retry-after')]).toEqual([507, expect.stringMatching(/^\d+$/)]);

    for (const [index, bytes] of answers.entries())
      await ask(`/internal/calls/${full}/spool/${index + 1}?sha256=${sha256Of(bytes)}`, { method: 'DELETE' });
    expect((await claim(more)).body).toMatchObject({ decision: 'proceed' });
  });

  async function cutOff(callId: string): Promise<void> {
    const { port } = app.server.address() as AddressInfo;
    const headers = {
      authorization,
      'content-type': 'application/octet-stream',
      'content-length': '2000000',
      'x-content-sha256': 'b'.repeat(64),
    };
    const sending = request({
      host: '127.0.0.1',
      port,
      path: `/internal/calls/${callId}/spool/1`,
      method: 'PUT',
      headers,
    });
    sending.on('error', () => undefined);
    await new Promise<void>((resolve) => sending.write(Buffer.alloc(1_500_000), () => resolve()));
    sending.destroy();
    await until(
      () => main.database.selectFrom('spool').select('attempt').where('call_id', '=', callId).execute(),
      (rows) => rows.length === 0,
    );
  }
});

describe('/metrics', () => {
  test('needs no token and tells of calls, submissions, waiting and memory', async () => {
    const [done, failed, waiting] = [await main.accept(), await main.accept(), await main.accept()];
    await main.claim(done);
    await main.report(done, [{ type: 'call.submitted', data: { attempt: 1 } }, completed(testArtifact(done))]);
    await main.report(failed, [{ type: 'call.failed', data: { error: failure('content_rejected', 'no') } }]);
    await main.arrange(waiting, `created_at = now() - interval '90 seconds'`);

    const answer = await ask('/metrics', { headers: { authorization: '' } });
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
    expect(text).toContain('process_resident_memory_bytes');
  });

  test('still answers while the database is away', async () => {
    await middleware.postgres.stop();
    const text = await (await ask('/metrics')).text();
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toMatch(/^darkroom_spool_bytes \d/m);
    await middleware.postgres.start();
    await until(
      async () => (await ask('/metrics')).text(),
      (metrics) => /^darkroom_spool_bytes \d/m.test(metrics),
    );
  });
});

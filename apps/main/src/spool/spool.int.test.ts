import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { failure } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { internalAuthorization, sha256Of } from '../../test/internal-api.ts';
import { setUpInternalApi } from '../../test/set-up-internal-api.ts';
import { until } from '../../test/until.ts';

const totalBytes = 3_000_000;
const entryBytes = 2_500_000;

const { main, api } = setUpInternalApi({ spoolLimits: { entryBytes, totalBytes } });

describe('the spool', () => {
  test('tells which answers nobody comes for, because their call has ended', async () => {
    const [ended, open] = [await main.accept(), await main.accept()];
    const bytes = randomBytes(10);
    for (const callId of [ended, open]) {
      await api.claim(callId);
      await api.put(callId, bytes);
    }
    await main.report(ended, [{ type: 'call.failed', data: { error: failure('terminated', 'Terminated.') } }]);
    expect(await (await api.ask('/internal/spool?ended=true')).json()).toEqual({
      items: [{ callId: ended, attempt: 1, integration: 'testing' }],
    });
    for (const callId of [ended, open])
      await api.ask(`/internal/calls/${callId}/spool/1?sha256=${sha256Of(bytes)}`, { method: 'DELETE' });
    expect(await (await api.ask('/internal/spool?ended=true')).json()).toEqual({ items: [] });
  });

  test('gives back, byte for byte, what it took, and says that it has it', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    const bytes = randomBytes(2_300_001);
    expect((await api.put(callId, bytes)).status).toBe(201);
    expect((await api.put(callId, bytes)).status).toBe(200);
    expect((await api.claim(callId)).body).toMatchObject({ decision: 'already_claimed', spooled: true });

    const answer = await api.ask(`/internal/calls/${callId}/spool/1`);
    expect(sha256Of(new Uint8Array(await answer.arrayBuffer()))).toBe(sha256Of(bytes));
    expect(answer.headers.get('x-content-sha256')).toBe(sha256Of(bytes));

    const removal = `/internal/calls/${callId}/spool/1?sha256=`;
    expect((await api.ask(removal + 'f'.repeat(64), { method: 'DELETE' })).status).toBe(409);
    expect((await api.ask(removal + sha256Of(bytes), { method: 'DELETE' })).status).toBe(204);
    expect((await api.ask(removal + sha256Of(bytes), { method: 'DELETE' })).status).toBe(204);
    expect((await api.ask(`/internal/calls/${callId}/spool/1`)).status).toBe(404);
    expect(
      await main.database.selectFrom('spool_chunks').select('position').where('call_id', '=', callId).execute(),
    ).toEqual([]);
  });

  test('keeps nothing of an answer that is damaged, too long, cut off, of nobody or a second one', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    expect((await api.put(callId, randomBytes(2000), { sha256: 'a'.repeat(64) })).status).toBe(400);
    expect((await api.put(callId, Buffer.alloc(entryBytes + 1))).status).toBe(413);
    expect((await api.put(callId, randomBytes(10), { attempt: 2 })).status).toBe(404);
    await cutOff(callId);
    expect((await api.ask(`/internal/calls/${callId}/spool/1`)).status).toBe(404);

    const bytes = randomBytes(100);
    expect((await api.put(callId, bytes)).status).toBe(201);
    expect((await api.put(callId, randomBytes(100))).status).toBe(409);
    expect(sha256Of(new Uint8Array(await (await api.ask(`/internal/calls/${callId}/spool/1`)).arrayBuffer()))).toBe(
      sha256Of(bytes),
    );
    await api.ask(`/internal/calls/${callId}/spool/1?sha256=${sha256Of(bytes)}`, { method: 'DELETE' });
  });

  test('takes one of several equal answers that come at once', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    const bytes = randomBytes(50_000);
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await api.put(callId, bytes)).status));
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    await api.ask(`/internal/calls/${callId}/spool/1?sha256=${sha256Of(bytes)}`, { method: 'DELETE' });
  });

  test('makes new submissions wait once it is full, and claims nothing for them', async () => {
    const [full, more] = [await main.accept(), await main.accept()];
    await main.claim(full);
    await main.claim(full, { attempt: 2 });
    const answers = [randomBytes(1_600_000), randomBytes(1_600_000)];
    for (const [index, bytes] of answers.entries())
      expect((await api.put(full, bytes, { attempt: index + 1 })).status).toBe(201);

    expect((await api.claim(more)).body).toEqual({
      decision: 'wait',
      reason: 'spool_full',
      retryAfterSeconds: expect.any(Number),
    });
    expect(await main.callOf(more)).toMatchObject({ status: 'pending', submissions_claimed: 0 });
    await main.claim(full, { attempt: 3 });
    const refused = await api.put(full, randomBytes(10), { attempt: 1 });
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
    const later = await api.put(third, randomBytes(10));
    expect([later.status, later.headers.get('retry-after')]).toEqual([507, expect.stringMatching(/^\d+$/)]);

    for (const [index, bytes] of answers.entries())
      await api.ask(`/internal/calls/${full}/spool/${index + 1}?sha256=${sha256Of(bytes)}`, { method: 'DELETE' });
    expect((await api.claim(more)).body).toMatchObject({ decision: 'proceed' });
  });

  async function cutOff(callId: string): Promise<void> {
    const headers = {
      authorization: internalAuthorization,
      'content-type': 'application/octet-stream',
      'content-length': '2000000',
      'x-content-sha256': 'b'.repeat(64),
    };
    const sending = request({
      host: '127.0.0.1',
      port: api.port,
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

import { randomUUID } from 'node:crypto';
import { failure } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { setUpInternalApi } from '../../test/set-up-internal-api.ts';

const { main, api } = setUpInternalApi();

describe('a claim', () => {
  test('[P2] is granted once when two executions ask for one attempt at the same moment', async () => {
    const callId = await main.accept();
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.claim(callId)));
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
    const first = await api.claim(callId, { claimToken });
    expect(first.body).toMatchObject({ decision: 'proceed' });
    expect(await api.claim(callId, { claimToken })).toEqual(first);
    expect((await main.eventTypes(callId)).filter((type) => type === 'call.submission_started')).toHaveLength(1);
  });

  test('[P2] repeated by its execution says that it is alive, and others are told how long ago that was', async () => {
    const callId = await main.accept();
    const claimToken = randomUUID();
    await api.claim(callId, { claimToken });
    await main.database
      .updateTable('submissions')
      .set({ seen_at: new Date(Date.now() - 40_000) })
      .where('call_id', '=', callId)
      .execute();
    const silent = (await api.claim(callId)).body;
    expect(silent).toMatchObject({ decision: 'already_claimed', outcome: 'in_flight' });
    expect(silent['lastSeenSecondsAgo']).toBeGreaterThanOrEqual(39);
    expect((await api.claim(callId, { claimToken })).body).toMatchObject({ decision: 'proceed' });
    const alive = (await api.claim(callId)).body;
    expect(alive['lastSeenSecondsAgo']).toBeLessThan(20);
  });

  test('for a call that is pending writes call.processing with it', async () => {
    const callId = await main.accept();
    await api.claim(callId, { runId: 'run-3' });
    expect(await main.eventTypes(callId)).toEqual(['call.accepted', 'call.processing', 'call.submission_started']);
    expect(await main.callOf(callId)).toMatchObject({ started_run_id: 'run-3', waiting_for: null });
  });

  test('is stopped when the call has ended, and when its deadline has passed since the first claim', async () => {
    const ended = await main.accept();
    await main.report(ended, [{ type: 'call.failed', data: { error: failure('internal', 'it broke') } }]);
    expect((await api.claim(ended)).body).toEqual({ decision: 'stop', reason: 'ended' });

    const late = await main.accept();
    await api.claim(late);
    await main.arrange(late, `first_claimed_at = now() - interval '601 seconds'`);
    expect((await api.claim(late, { attempt: 2 })).body).toEqual({ decision: 'stop', reason: 'deadline_passed' });
    expect((await api.claim('call_nothing')).status).toBe(404);
  });

  test('gives every attempt the deadline of the first', async () => {
    const callId = await main.accept({ limits: { deadlineSeconds: 60 } });
    const first = await api.claim(callId);
    const second = await api.claim(callId, { attempt: 2 });
    expect(second.body['deadlineAt']).toBe(first.body['deadlineAt']);
    const { first_claimed_at } = await main.callOf(callId);
    expect(first.body['deadlineAt']).toBe(new Date(Number(first_claimed_at) + 60_000).toISOString());
  });
});

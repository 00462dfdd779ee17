import { describe, expect, test } from '@jest/globals';
import { failure, type ReportedEvent } from '@darkroom/contract';
import { completed, testArtifact, testClaim } from '../../test/internal-side.ts';
import { setUpInternalSide } from '../../test/set-up-internal-side.ts';
import { presentCall } from '../calls/present-call.ts';
import { confirmStarted } from '../dispatch/confirm-started.ts';

const main = setUpInternalSide();

const submitted: ReportedEvent = {
  type: 'call.submitted',
  data: { attempt: 1, externalId: 'task-9', awaitsResult: true },
};
const refused = (attempt: number): ReportedEvent => ({
  type: 'call.submission_refused',
  data: { attempt, error: failure('provider_rate_limited', 'Slow down.'), retryInSeconds: 60 },
});

async function eventsSince(callId: string, callSequence: number) {
  const events = await main.eventsOf(callId);
  return events.filter((event) => Number(event.call_sequence) > callSequence).map(({ type, data }) => [type, data]);
}

const request = ['call.cancel_requested', { by: 'user' }];
const unpaid = ['call.cancelled', { billing: 'not_charged' }];
const tookNothing = [
  'call.cancel_result',
  { result: 'cancelled', reason: expect.stringContaining('took none'), billing: 'not_charged' },
];

describe('[P2] cancelling a call that was not submitted ends it unpaid', () => {
  test('while it is pending, and neither the dispatcher nor a claim wakes it again', async () => {
    const callId = await main.accept();
    expect(await main.cancel(callId)).toBe('cancelled');
    await confirmStarted(main.changing, callId, 'run');

    expect(await main.claim(callId)).toEqual({ decision: 'stop', reason: 'ended' });
    expect(await main.callOf(callId)).toMatchObject({ status: 'cancelled', submissions_claimed: 0, waiting_for: null });
    expect(await eventsSince(callId, 1)).toEqual([request, unpaid]);
  });

  test('when its workflow has started and claimed nothing', async () => {
    const callId = await main.accept();
    await confirmStarted(main.changing, callId, 'run');
    expect(await main.cancel(callId)).toBe('cancelled');

    expect(await main.claim(callId)).toEqual({ decision: 'stop', reason: 'ended' });
    expect(await eventsSince(callId, 2)).toEqual([request, unpaid]);
  });

  test('between two attempts of which the first was refused', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    await main.report(callId, [refused(1)]);
    expect(await main.cancel(callId)).toBe('cancelled');

    expect(await main.claim(callId, { attempt: 2 })).toEqual({ decision: 'stop', reason: 'ended' });
    expect(await main.callOf(callId)).toMatchObject({ status: 'cancelled', submissions_claimed: 1 });
    expect(await eventsSince(callId, 4)).toEqual([request, unpaid]);
  });
});

describe('cancelling a call whose submission is under way requests it', () => {
  test('and says at once that it is not possible where the provider cannot be asked', async () => {
    for (const integration of ['testing', 'disabled', 'unknown']) {
      const callId = await main.accept({ integration });
      await main.claim(callId);
      expect(await main.cancel(callId)).toBe('cancel_requested');
      expect(await eventsSince(callId, 3)).toEqual([
        request,
        ['call.cancel_result', { result: 'not_possible', reason: expect.stringContaining('its result is kept') }],
      ]);
      expect(presentCall(await main.callOf(callId), 'http://localhost')).toMatchObject({
        callSequence: 5,
        cancelResult: { result: 'not_possible' },
      });
    }
  });

  test('and leaves the answer to the workflow where the provider can be asked', async () => {
    const callId = await main.accept({ integration: 'polling' });
    await main.claim(callId);
    expect(await main.cancel(callId)).toBe('cancel_requested');
    expect(await main.callOf(callId)).toMatchObject({ status: 'processing', cancel_requested_at: expect.any(Date) });
    expect(await eventsSince(callId, 3)).toEqual([request]);
  });

  test('a second time changes nothing', async () => {
    const callId = await main.accept({ integration: 'polling' });
    await main.claim(callId);
    await main.report(callId, [submitted]);
    await main.cancel(callId);
    const before = await main.callOf(callId);
    expect(await Promise.all([main.cancel(callId), main.cancel(callId, 'cancel_after')])).toEqual([
      'cancel_requested',
      'cancel_requested',
    ]);
    expect(await main.callOf(callId)).toEqual(before);
  });

  test('and the execution that had claimed before goes on with its one request', async () => {
    const callId = await main.accept();
    const claim = testClaim(callId);
    await main.claim(callId, claim);
    await main.cancel(callId);
    expect(await main.claim(callId, claim)).toMatchObject({ decision: 'proceed' });
    expect(await main.claim(callId)).toMatchObject({ decision: 'already_claimed', outcome: 'in_flight' });
  });

  test('and its result is kept where it comes all the same', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    await main.cancel(callId);
    const result = completed(testArtifact(callId));
    expect(await main.report(callId, [submitted, result])).toEqual({ applied: true, status: 'completed' });
    expect(await main.callOf(callId)).toMatchObject({ status: 'completed', cancel_requested_at: expect.any(Date) });
  });

  test('and the provider’s yes ends it as cancelled, with what is known of the money', async () => {
    const callId = await main.accept({ integration: 'polling' });
    await main.claim(callId);
    await main.report(callId, [submitted]);
    await main.cancel(callId);
    const answer = await main.report(callId, [
      { type: 'call.cancel_result', data: { result: 'cancelled', reason: 'It was queued.', billing: 'unknown' } },
      { type: 'call.cancelled', data: { billing: 'unknown' } },
    ]);
    expect(answer).toEqual({ applied: true, status: 'cancelled' });
    expect(await main.callOf(callId)).toMatchObject({ external_id: 'task-9', submissions_accepted: 1 });
  });
});

describe('while a cancel is requested no further attempt is granted', () => {
  test('and the refusal of the one that was under way ends the call unpaid, without the wait that the provider asked for', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    await main.cancel(callId);
    expect(await main.report(callId, [refused(1)])).toEqual({ applied: true, status: 'cancelled' });
    expect(await main.claim(callId, { attempt: 2 })).toEqual({ decision: 'stop', reason: 'ended' });
    expect(await main.callOf(callId)).toMatchObject({ submissions_claimed: 1, submissions_refused: 1 });
    const notPossible = ['call.cancel_result', { result: 'not_possible', reason: expect.stringContaining('If not,') }];
    expect(await eventsSince(callId, 3)).toEqual([request, notPossible, expect.anything(), unpaid]);
  });

  test('and the log answers the cancel where the provider could have been asked, and took nothing', async () => {
    const callId = await main.accept({ integration: 'polling' });
    await main.claim(callId);
    await main.cancel(callId);
    await main.report(callId, [refused(1)]);
    expect(await eventsSince(callId, 5)).toEqual([tookNothing, unpaid]);
  });

  test('[P2] and the call ends in doubt where nobody knows what became of the one before', async () => {
    const callId = await main.accept({ integration: 'polling' });
    await main.claim(callId);
    await main.cancel(callId);
    await main.report(callId, [
      { type: 'call.submission_unknown', data: { attempt: 1, reason: 'reset', next: 'resubmit' } },
    ]);
    expect(await main.claim(callId, { attempt: 2 })).toEqual({ decision: 'stop', reason: 'ended' });
    const call = await main.callOf(callId);
    expect(call).toMatchObject({ status: 'failed', submissions_claimed: 1, submissions_unknown: 1 });
    expect(call.error).toMatchObject({
      code: 'submission_outcome_unknown',
      message: expect.stringContaining('A cancel was requested'),
    });
    expect((await eventsSince(callId, 5)).map(([type]) => type)).toEqual(['call.cancel_result', 'call.failed']);
  });

  test('[P2] and a refusal ends nothing while an earlier submission is in doubt', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    await main.report(callId, [
      { type: 'call.submission_unknown', data: { attempt: 1, reason: 'reset', next: 'resubmit' } },
    ]);
    await main.claim(callId, { attempt: 2 });
    await main.cancel(callId);
    expect(await main.report(callId, [refused(2)])).toEqual({ applied: true, status: 'processing' });
    await main.claim(callId, { attempt: 3 });
    expect((await main.callOf(callId)).error).toMatchObject({ code: 'submission_outcome_unknown' });
  });

  test('and where a list only did not show the task, the next claim ends the call, or another cancel', async () => {
    const callId = await main.accept({ integration: 'polling' });
    await main.claim(callId);
    await main.cancel(callId);
    await main.report(callId, [
      { type: 'call.submission_unknown', data: { attempt: 1, reason: 'reset', next: 'reconcile' } },
    ]);
    const absent: ReportedEvent = {
      type: 'call.submission_reconciled',
      data: { attempt: 1, outcome: 'refused', reason: 'The list shows no such task.' },
    };
    expect(await main.report(callId, [absent])).toEqual({ applied: true, status: 'processing' });
    expect(await main.cancel(callId)).toBe('cancelled');
    expect((await main.eventTypes(callId)).filter((type) => type === 'call.cancel_requested')).toHaveLength(1);
    expect(await eventsSince(callId, 6)).toEqual([tookNothing, unpaid]);
  });
});

test('[P3] cancelling a call that has ended changes nothing and says so', async () => {
  const callId = await main.accept();
  await main.claim(callId);
  await main.report(callId, [submitted, completed(testArtifact(callId))]);
  const before = await main.callOf(callId);
  expect(await main.cancel(callId)).toBe('already_terminal');
  expect(await main.callOf(callId)).toEqual(before);
  expect(await main.cancel('call_00000000000000000000000000')).toBeUndefined();
});

test('[P2] a cancel and a claim at the same moment never leave a call both submitted and cancelled unpaid', async () => {
  const outcomes = new Set<string>();
  for (let round = 0; round < 10; round += 1) {
    const callIds = await Promise.all(Array.from({ length: 20 }, () => main.accept()));
    await Promise.all(
      callIds.map(async (callId, index) => {
        const race = [() => main.claim(callId), () => main.cancel(callId)];
        const [one, other] = index % 2 === 0 ? race : race.toReversed();
        await Promise.all([one?.(), other?.()]);
        const { status, submissions_claimed } = await main.callOf(callId);
        outcomes.add(`${status}, ${submissions_claimed} claimed`);
      }),
    );
  }
  expect([...outcomes].sort()).toEqual(['cancelled, 0 claimed', 'processing, 1 claimed']);
});

import { failure, type ReportedEvent } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { completed, testArtifact } from '../../test/internal-side.ts';
import { setUpInternalSide } from '../../test/set-up-internal-side.ts';

const main = setUpInternalSide();

const submitted: ReportedEvent = { type: 'call.submitted', data: { attempt: 1, externalId: 'task-9' } };

describe('a report', () => {
  test('[P3] after the end changes nothing but records late results and what is known of the submission', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    await main.report(callId, [
      { type: 'call.failed', data: { error: failure('submission_outcome_unknown', 'nobody knows') } },
    ]);
    const before = await main.callOf(callId);
    const artifact = testArtifact(callId);
    expect(await main.report(callId, [submitted, completed(artifact)])).toEqual({ applied: false, status: 'failed' });
    expect(await main.report(callId, [], { lateArtifacts: [artifact, testArtifact(callId, { position: 1 })] })).toEqual(
      { applied: false, status: 'failed' },
    );

    expect(await main.callOf(callId)).toEqual({ ...before, has_late_artifacts: true, submissions_accepted: 1 });
    const rows = await main.database
      .selectFrom('artifacts')
      .select(['id', 'late'])
      .where('call_id', '=', callId)
      .execute();
    expect(rows.map(({ late }) => late)).toEqual([true, true]);
    expect(await main.eventTypes(callId)).toHaveLength(4);
  });

  test('[P2] after the end counts the payment of an overtaken submission, once and without an event', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    await main.claim(callId, { attempt: 2 });
    await main.report(callId, [submitted, completed(testArtifact(callId))]);
    const before = await main.callOf(callId);
    const events = await main.eventTypes(callId);
    const late: ReportedEvent = { type: 'call.submitted', data: { attempt: 2, externalId: 'task-10' } };
    for (const lateArtifacts of [[testArtifact(callId, { attempt: 2 })], []])
      expect(await main.report(callId, [late], { lateArtifacts })).toEqual({ applied: false, status: 'completed' });

    expect(await main.callOf(callId)).toEqual({ ...before, has_late_artifacts: true, submissions_accepted: 2 });
    expect(await main.eventTypes(callId)).toEqual(events);
    expect(await submissionsOf(callId)).toEqual([
      { attempt: 1, outcome: 'accepted', external_id: 'task-9' },
      { attempt: 2, outcome: 'accepted', external_id: 'task-10' },
    ]);
  });

  test('[P2] after the end turns a submission that was in doubt into one that was paid', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    await main.report(callId, [
      { type: 'call.submission_unknown', data: { attempt: 1, reason: 'the worker was lost', next: 'fail' } },
      { type: 'call.failed', data: { error: failure('submission_outcome_unknown', 'nobody knows') } },
    ]);
    await main.report(callId, [
      { type: 'call.submission_reconciled', data: { attempt: 1, outcome: 'accepted', reason: 'its answer was found' } },
    ]);

    expect(await main.callOf(callId)).toMatchObject({
      status: 'failed',
      submissions_accepted: 1,
      submissions_unknown: 0,
      has_late_artifacts: true,
    });
    expect(await main.eventTypes(callId)).not.toContain('call.submission_reconciled');
  });

  test('[P3] of two reports that end a call at once, one is applied', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    const answers = await Promise.all([
      main.report(callId, [completed(testArtifact(callId))]),
      main.report(callId, [{ type: 'call.failed', data: { error: failure('internal', 'it broke') } }]),
    ]);
    expect(answers.filter((answer) => answer?.applied)).toHaveLength(1);
    const ends = (await main.eventTypes(callId)).filter((type) => ['call.completed', 'call.failed'].includes(type));
    expect(ends).toHaveLength(1);
    expect(`call.${(await main.callOf(callId)).status}`).toBe(ends[0]);
  });

  test('with an event after the end is refused whole', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    const before = await main.callOf(callId);
    await expect(main.report(callId, [completed(testArtifact(callId)), submitted])).rejects.toThrow(
      'nothing follows the end',
    );
    expect(await main.callOf(callId)).toEqual(before);
    expect(await main.database.selectFrom('artifacts').select('id').where('call_id', '=', callId).execute()).toEqual(
      [],
    );
  });
});

const submissionsOf = (callId: string) =>
  main.database
    .selectFrom('submissions')
    .select(['attempt', 'outcome', 'external_id'])
    .where('call_id', '=', callId)
    .orderBy('attempt')
    .execute();

import { failure, type ReportedEvent } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { completed, testArtifact } from '../../test/internal-side.ts';
import { setUpInternalSide } from '../../test/set-up-internal-side.ts';
import { confirmStarted } from '../dispatch/confirm-started.ts';

const main = setUpInternalSide();

const submitted: ReportedEvent = { type: 'call.submitted', data: { attempt: 1, externalId: 'task-9' } };

describe('a report', () => {
  test('takes a call through its life, and the log tells each step', async () => {
    const callId = await main.accept();
    await confirmStarted(main.changing, callId, 'run');
    await main.claim(callId);
    expect(await main.callOf(callId)).toMatchObject({
      status: 'processing',
      progress: { currentStep: 'submitting', completedSteps: ['queued'] },
    });

    const artifact = testArtifact(callId);
    expect(await main.report(callId, [submitted])).toEqual({ applied: true, status: 'processing' });
    expect(await main.callOf(callId)).toMatchObject({ external_id: 'task-9', progress: { currentStep: 'storing' } });
    expect(await main.report(callId, [completed(artifact)])).toEqual({ applied: true, status: 'completed' });

    const call = await main.callOf(callId);
    expect(call).toMatchObject({
      status: 'completed',
      progress: { completedSteps: ['queued', 'submitting', 'storing'] },
      submissions_claimed: 1,
      submissions_accepted: 1,
      call_sequence: 5,
    });
    expect(call.output).toEqual({ images: [expect.objectContaining({ artifactId: artifact.artifactId })] });
    const events = await main.eventsOf(callId);
    expect(events.map(({ call_sequence, type, status }) => [call_sequence, type, status])).toEqual([
      [1, 'call.accepted', 'pending'],
      [2, 'call.processing', 'processing'],
      [3, 'call.submission_started', 'processing'],
      [4, 'call.submitted', 'processing'],
      [5, 'call.completed', 'completed'],
    ]);
    expect(JSON.stringify(events)).not.toContain(artifact.objectKey);
  });

  test('for a call that is still pending writes call.processing first, and the dispatcher then has nothing to add', async () => {
    const callId = await main.accept();
    await main.report(callId, [{ type: 'call.failed', data: { error: failure('invalid_input', 'not an image') } }], {
      runId: 'run-7',
    });
    await confirmStarted(main.changing, callId, 'run-7');
    expect(await main.eventTypes(callId)).toEqual(['call.accepted', 'call.processing', 'call.failed']);
    expect(await main.callOf(callId)).toMatchObject({ status: 'failed', started_run_id: 'run-7' });
  });

  test('and the dispatcher may come at the same moment: one of them writes call.processing', async () => {
    const callIds = await Promise.all(Array.from({ length: 20 }, () => main.accept()));
    await Promise.all(
      callIds.flatMap((id) => [
        confirmStarted(main.changing, id, 'run'),
        main.claim(id),
        main.report(id, [{ type: 'call.progress', data: { waitingFor: 'storage' } }]),
      ]),
    );
    for (const id of callIds) {
      const types = await main.eventTypes(id);
      expect(types.filter((type) => type === 'call.processing')).toHaveLength(1);
      expect(types[1]).toBe('call.processing');
    }
  });

  test('that comes again gets the answer of the first time, and nothing happens twice', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    const report = { reportId: 'run:once' };
    const artifact = testArtifact(callId);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => main.report(callId, [submitted, completed(artifact)], report)),
    );
    expect(answers).toEqual(answers.map(() => ({ applied: true, status: 'completed' })));
    expect((await main.eventTypes(callId)).filter((type) => type === 'call.completed')).toHaveLength(1);
  });

  test('about an attempt that nobody claimed is refused', async () => {
    const callId = await main.accept();
    await expect(main.report(callId, [submitted])).rejects.toThrow('Attempt 1 was never claimed');
    expect(await main.eventTypes(callId)).toEqual(['call.accepted']);
  });

  test('for a call that does not exist has no answer', async () => {
    expect(await main.report('call_00000000000000000000000000', [])).toBeUndefined();
  });

  test('counts each submission once, even when a lost worker has its report made again', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    const refused: ReportedEvent = {
      type: 'call.submission_refused',
      data: { attempt: 1, error: failure('provider_unavailable', '503'), retryInSeconds: 2 },
    };
    await main.report(callId, [refused]);
    await main.report(callId, [refused]);
    await main.claim(callId, { attempt: 2 });
    await main.report(callId, [
      { type: 'call.submission_unknown', data: { attempt: 2, reason: 'reset', next: 'resubmit' } },
    ]);
    await main.claim(callId, { attempt: 3 });
    await main.report(callId, [{ type: 'call.submitted', data: { attempt: 2 } }]);
    expect(await main.callOf(callId)).toMatchObject({
      submissions_claimed: 3,
      submissions_accepted: 1,
      submissions_refused: 1,
      submissions_unknown: 0,
    });
    expect((await main.eventTypes(callId)).filter((type) => type === 'call.submission_refused')).toHaveLength(1);
  });

  test('that a submission found no taker makes the call wait for the provider until the next claim', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    await main.report(callId, [
      {
        type: 'call.submission_refused',
        data: { attempt: 1, error: failure('provider_unavailable', 'no connection'), retryInSeconds: 2 },
      },
    ]);
    expect((await main.callOf(callId)).waiting_for).toBe('provider');
    await main.claim(callId, { attempt: 2 });
    expect((await main.callOf(callId)).waiting_for).toBeNull();
    await main.report(callId, [
      { type: 'call.submission_unknown', data: { attempt: 2, reason: 'reset', next: 'resubmit' } },
    ]);
    expect((await main.callOf(callId)).waiting_for).toBe('provider');
    await main.report(callId, [{ type: 'call.progress', data: { waitingFor: 'storage' } }]);
    expect((await main.callOf(callId)).waiting_for).toBe('storage');
  });

  test('of progress lists two events a second and shows the rest on the call', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    for (const percent of [10, 20, 30, 40]) {
      await main.report(callId, [{ type: 'call.progress', data: { percent } }]);
      // All come in the same second, however long that takes here.
      await main.pool.query(
        "update events set created_at = created_at + interval '1 hour' where call_id = $1 and type = 'call.progress'",
        [callId],
      );
    }
    expect((await main.eventTypes(callId)).filter((type) => type === 'call.progress')).toHaveLength(2);
    const call = await main.callOf(callId);
    expect(call.progress).toMatchObject({ currentStep: 'submitting', percent: 40 });
    expect(call.call_sequence).toBe((await main.eventsOf(callId)).length);
  });

  test('may hold any text that a provider writes', async () => {
    const callId = await main.accept();
    await main.report(callId, [
      { type: 'call.failed', data: { error: failure('provider_failed', 'bad \0 byte and \ud800') } },
    ]);
    expect((await main.callOf(callId)).error?.message).toBe('bad \uFFFD byte and \uFFFD');
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { completed, testArtifact } from '../../test/internal-side.ts';
import { everyMoment, reconciling } from '../../test/reconciling.ts';
import { setUpBesideTemporal } from '../../test/set-up-beside-temporal.ts';
import { startTestWorker, type TestWorker } from '../../test/start-test-worker.ts';
import { until } from '../../test/until.ts';
import type { CallRow } from '../database/schema.ts';

let worker: TestWorker;
const side = reconciling(setUpBesideTemporal());
const { reconcile, startCall, workflowOf, hasEnded } = side;

beforeAll(async () => {
  worker = await startTestWorker(side.middleware.temporal);
});
afterAll(() => worker.stop());

const deadlineSeconds = 1;
const marginSeconds = 2;

const secondsOpen = (call: CallRow, since: keyof CallRow) => (Number(call.completed_at) - Number(call[since])) / 1000;

async function startThrowing(workflowType: string, limits: object = { deadlineSeconds }): Promise<string> {
  const { callId } = await startCall({ workflowType, limits, taskQueue: worker.taskQueue, integration: 'polling' });
  await until(
    () => failedTasksOf(callId),
    (count) => count > 0,
  );
  return callId;
}

async function failedTasksOf(callId: string): Promise<number> {
  const { events } = await workflowOf(callId).fetchHistory();
  return (events ?? []).filter(({ workflowTaskFailedEventAttributes: failed }) => failed).length;
}

describe('[P1] a call whose workflow throws on every task ends', () => {
  test('when its deadline and the margin have passed since its first claim', async () => {
    const callId = await startThrowing('throwsOnEveryTask');
    await side.main.claim(callId);
    reconcile({ ...everyMoment, marginSeconds });

    const call = await hasEnded(callId);
    expect(call.error).toMatchObject({ code: 'submission_outcome_unknown', retryable: false });
    expect(secondsOpen(call, 'first_claimed_at')).toBeGreaterThanOrEqual(deadlineSeconds + marginSeconds);
    expect(await side.engine.look(callId)).toMatchObject({ kind: 'ended', how: 'terminated' });
  });

  test('when it has waited as long as it may and claimed nothing', async () => {
    const callId = await startThrowing('throwsOnEveryTask', { maxQueueSeconds: 1 });
    reconcile({ ...everyMoment, marginSeconds });

    const call = await hasEnded(callId);
    expect(call.error).toMatchObject({ code: 'timed_out', message: expect.stringContaining('nothing was submitted') });
    expect(secondsOpen(call, 'queued_at')).toBeGreaterThanOrEqual(1 + marginSeconds);
  });

  test('although its poll beats on, and what that finds afterwards is kept', async () => {
    const callId = await startThrowing('pollsAndThrows');
    await side.main.claim(callId);
    await side.main.report(callId, [
      { type: 'call.submitted', data: { attempt: 1, externalId: 'task-9', awaitsResult: true } },
    ]);
    await until(
      () => side.engine.look(callId),
      (look) => look.kind === 'running' && look.lastHeartbeatAt !== undefined,
    );
    reconcile({ ...everyMoment, marginSeconds });

    const call = await hasEnded(callId);
    expect(call.error).toMatchObject({
      code: 'submission_outcome_unknown',
      message: expect.stringContaining('look for its task task-9 in the provider’s account'),
    });
    const lateArtifacts = [testArtifact(callId)];
    expect(await side.main.report(callId, [], { lateArtifacts })).toEqual({ applied: false, status: 'failed' });
    expect(await side.main.report(callId, [completed(testArtifact(callId))])).toMatchObject({ applied: false });
    expect(await side.main.callOf(callId)).toMatchObject({ status: 'failed', has_late_artifacts: true });
  });
});

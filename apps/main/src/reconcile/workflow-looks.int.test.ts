import { describe, expect, test } from '@jest/globals';
import type { CallReport } from '@darkroom/contract';
import { completed, testArtifact } from '../../test/internal-side.ts';
import { onReadOnly, reconciling } from '../../test/reconciling.ts';
import { setUpBesideTemporal } from '../../test/set-up-beside-temporal.ts';
import { returnFromWorkflow, takeWorkflowTask, testStart } from '../../test/test-engine.ts';
import { confirmStarted } from '../dispatch/confirm-started.ts';
import type { Engine } from '../engine/engine.ts';

const side = reconciling(setUpBesideTemporal());
const { reconcile, startCall, hasEnded, staysOpen } = side;

async function countLooked(): Promise<number> {
  const rows = await side.main.database
    .selectFrom('calls')
    .select('id')
    .where('reconciled_at', 'is not', null)
    .execute();
  return rows.length;
}

describe('a workflow that completed', () => {
  const reportOf = (callId: string, runId: string, report: Partial<CallReport> = {}): CallReport => ({
    reportId: `${runId}:1`,
    runId,
    workflowId: callId,
    events: [],
    ...report,
  });

  test('[P1] and whose last report was lost has it applied from its return value', async () => {
    const taskQueue = 'queue-of-a-lost-report';
    const { callId, runId } = await startCall({ taskQueue });
    await side.main.claim(callId);
    const artifact = testArtifact(callId);
    const events: CallReport['events'] = [{ type: 'call.submitted', data: { attempt: 1 } }, completed(artifact)];
    await returnFromWorkflow(side.temporal.client, taskQueue, reportOf(callId, runId, { events }));
    reconcile();
    const call = await hasEnded(callId);
    expect(call).toMatchObject({
      status: 'completed',
      submissions_accepted: 1,
      output: { images: [{ artifactId: artifact.artifactId }] },
    });
    expect(
      await side.main.database.selectFrom('artifacts').select('late').where('call_id', '=', callId).execute(),
    ).toEqual([{ late: false }]);
  });

  test('and returned nothing that ends the call ends it by its submissions', async () => {
    for (const [index, value] of [undefined, { nonsense: true }, 'empty report'].entries()) {
      const taskQueue = `queue-of-nonsense-${index}`;
      const { callId, runId } = await startCall({ taskQueue });
      await returnFromWorkflow(
        side.temporal.client,
        taskQueue,
        value === 'empty report' ? reportOf(callId, runId) : value,
      );
      if (index === 0) reconcile();
      expect((await hasEnded(callId)).error).toMatchObject({ code: 'terminated' });
    }
  });
});

describe('a workflow that runs', () => {
  test('is left alone within its time, and after an operator’s reset', async () => {
    const { callId, runId } = await startCall({ taskQueue: 'queue-of-a-reset' });
    const { namespace } = side.temporal.client.options;
    const workflowExecution = { workflowId: callId, runId };
    const task = await takeWorkflowTask(side.temporal.client, 'queue-of-a-reset');
    await side.temporal.client.workflowService.respondWorkflowTaskCompleted({
      namespace,
      taskToken: task.taskToken,
      commands: [],
    });
    await side.temporal.client.workflowService.resetWorkflowExecution({
      namespace,
      workflowExecution,
      workflowTaskFinishEventId: task.startedEventId.add(1),
      requestId: callId,
      reason: 'by hand',
    });
    const look = await side.engine.look(callId);
    expect(look).toMatchObject({ kind: 'running', runId: expect.not.stringMatching(runId) });
    reconcile();
    expect((await staysOpen(callId)).status).toBe('processing');
  });

  test('past its deadline and the margin is terminated, and the call ends by its submissions', async () => {
    const { callId } = await startCall({ limits: { deadlineSeconds: 60 } });
    await side.main.claim(callId);
    // Past its deadline, and a minute before the end of the margin.
    await side.main.arrange(callId, `first_claimed_at = now() - interval '61 seconds'`);
    reconcile();
    expect((await staysOpen(callId)).status).toBe('processing');
    await side.main.arrange(callId, `first_claimed_at = now() - interval '121 seconds'`);
    expect((await hasEnded(callId)).error).toMatchObject({ code: 'submission_outcome_unknown' });
    expect(await side.engine.look(callId)).toMatchObject({ kind: 'ended', how: 'terminated' });
  });

  test('past its time does not wait for its end behind all those that run as they should', async () => {
    const overdue = [
      await startCall({ limits: { deadlineSeconds: 60 } }),
      await startCall({ limits: { maxQueueSeconds: 60 } }),
    ];
    for (const { callId } of overdue) {
      if (callId === overdue[0]?.callId) await side.main.claim(callId);
      const times = `first_claimed_at = first_claimed_at - interval '121 seconds', queued_at = queued_at - interval '121 seconds'`;
      await side.main.arrange(callId, `${times}, started_at = now() - interval '2 minutes'`);
      await side.main.arrange(callId, `reconciled_at = now() - interval '1 minute'`);
    }
    for (let count = 0; count < 8; count += 1) {
      const { callId } = await startCall();
      await side.main.arrange(callId, `started_at = now() - interval '2 minutes'`);
    }
    // There is one sweep.
    await side.untilUp();
    reconcile({ ...onReadOnly, looksPerSweep: 4 });
    for (const { callId } of overdue) await hasEnded(callId);
    expect(await countLooked()).toBe(4);
  });

  test('[P5] past its deadline is left to store a result that was paid', async () => {
    const { callId } = await startCall({ limits: { deadlineSeconds: 60 } });
    await side.main.claim(callId);
    await side.main.report(callId, [{ type: 'call.submitted', data: { attempt: 1 } }]);
    await side.main.arrange(callId, `first_claimed_at = now() - interval '30 minutes'`);
    reconcile();
    expect((await staysOpen(callId)).status).toBe('processing');
  });

  test('and claims nothing for longer than the call may wait is terminated', async () => {
    const { callId } = await startCall({ limits: { maxQueueSeconds: 30 } });
    await side.main.arrange(callId, `queued_at = now() - interval '91 seconds'`);
    reconcile();
    expect((await hasEnded(callId)).error).toMatchObject({ code: 'timed_out' });
    expect(await side.engine.look(callId)).toMatchObject({ kind: 'ended' });
  });
});

describe('an answer of the engine', () => {
  test('counts only where the call has not moved meanwhile', async () => {
    const callId = await side.main.accept();
    await side.main.arrange(callId, `start_attempted_at = now()`);
    const call = await side.main.callOf(callId);
    await side.untilUp();
    const looked = Promise.withResolvers<void>();
    const late: Engine = {
      ...side.engine,
      async look(id) {
        const look = await side.engine.look(id);
        const { runId } = await side.engine.start(testStart(callId));
        await confirmStarted(side.main.changing, callId, runId);
        looked.resolve();
        return look;
      },
    };
    const reconciler = reconcile(onReadOnly, late);
    reconciler.noteRead(call);
    await looked.promise;
    await reconciler.stop();
    expect((await side.main.callOf(callId)).status).toBe('processing');
  });

  test('is asked for by a read at most once in 30 seconds, and by one of several processes', async () => {
    const { callId } = await startCall();
    const call = await side.main.callOf(callId);
    await side.untilUp();
    let looks = 0;
    const counted: Engine = { ...side.engine, look: (...asked) => ((looks += 1), side.engine.look(...asked)) };
    const processes = [reconcile(onReadOnly, counted), reconcile(onReadOnly, counted)];
    for (let read = 0; read < 50; read += 1) for (const reconciler of processes) reconciler.noteRead(call);
    await Promise.all(processes.map((reconciler) => reconciler.stop()));
    expect(looks).toBe(1);
  });

  test('of a read is given up after 500 ms', async () => {
    const { callId } = await startCall();
    const call = await side.main.callOf(callId);
    await side.untilUp();
    const within: (number | undefined)[] = [];
    const watched: Engine = {
      ...side.engine,
      look: (id, options) => (within.push(options?.withinMilliseconds), side.engine.look(id, options)),
    };
    const reconciler = reconcile(onReadOnly, watched);
    reconciler.noteRead(call);
    await reconciler.stop();
    expect(within).toEqual([500]);
  });
});

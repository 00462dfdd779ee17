import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { failure, type CallReport, type OperationLimits } from '@darkroom/contract';
import { connectClient, type TemporalClient } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { completed, openInternalSide, testArtifact, type InternalSide } from '../../test/internal-side.ts';
import { returnFromWorkflow, takeWorkflowTask, testStart } from '../../test/test-engine.ts';
import { until } from '../../test/until.ts';
import type { CallRow } from '../database/schema.ts';
import { confirmStarted } from '../dispatch/confirm-started.ts';
import { createEngineWatch, type EngineWatch } from '../engine/engine-watch.ts';
import type { Engine } from '../engine/engine.ts';
import { createTemporalEngine } from '../engine/temporal-engine.ts';
import { defaultSpoolLimits, putInSpool } from '../spool/put-in-spool.ts';
import { startReconciler, type Reconciler, type ReconcilerTiming } from './reconciler.ts';

let middleware: TestMiddleware;
let main: InternalSide;
let temporal: TemporalClient;
let engine: Engine;
let engineWatch: EngineWatch;
let dispatched = 0;
const reconcilers: Reconciler[] = [];

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true, temporal: true });
  temporal = connectClient({ ...middleware.temporal, identity: 'test' });
  engine = createTemporalEngine(temporal.client);
});

beforeEach(async () => {
  main = await openInternalSide(await middleware.postgres.createDatabase());
  engineWatch = createEngineWatch({ engine, logger: main.changing.logger });
  dispatched = 0;
});

afterEach(async () => {
  await Promise.all(reconcilers.splice(0).map((reconciler) => reconciler.stop()));
  await main.close();
});

afterAll(async () => {
  await temporal.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

const everyMoment = { sweepMilliseconds: 50, quietSeconds: 0.05, marginSeconds: 60, readAfterSeconds: 0 };
const onReadOnly = { ...everyMoment, sweepMilliseconds: 3_600_000, quietSeconds: 30 };

function reconcile(timing: Partial<ReconcilerTiming> = everyMoment, using: Engine = engine): Reconciler {
  const dispatch = () => void (dispatched += 1);
  const reconciler = startReconciler({
    ...main.changing,
    engine: using,
    engineWatch,
    dispatch,
    storageRetrySeconds: 3600,
    timing,
  });
  reconcilers.push(reconciler);
  return reconciler;
}

async function startCall({
  limits = {},
  taskQueue,
}: { limits?: Partial<OperationLimits>; taskQueue?: string } = {}): Promise<{ callId: string; runId: string }> {
  const callId = await main.accept({ limits });
  const { runId } = await engine.start(testStart(callId, taskQueue));
  await confirmStarted(main.changing, callId, runId);
  return { callId, runId };
}

const workflowOf = (callId: string) => temporal.client.workflow.getHandle(callId);
const hasEnded = (callId: string) =>
  until(
    () => main.callOf(callId),
    ({ completed_at }) => completed_at !== null,
  );
const wasLookedAt = (callId: string, since: Date) =>
  until(
    () => main.callOf(callId),
    ({ reconciled_at }) => reconciled_at !== null && reconciled_at > since,
  );

/** Two looks that began after this moment: the first of them is then over. */
async function staysOpen(callId: string): Promise<CallRow> {
  const first = await wasLookedAt(callId, new Date());
  return wasLookedAt(callId, first.reconciled_at ?? new Date());
}

describe('a workflow that an operator terminated', () => {
  test('ends a call that claimed nothing as terminated', async () => {
    const { callId } = await startCall();
    await workflowOf(callId).terminate('by hand');
    reconcile();
    expect((await hasEnded(callId)).error).toMatchObject({
      code: 'terminated',
      retryable: true,
      message: expect.stringContaining('Nothing was accepted'),
    });
  });

  test('[P2] ends a call whose submissions were all refused as terminated: nothing is in doubt', async () => {
    const { callId } = await startCall();
    await main.claim(callId);
    const error = failure('provider_rate_limited', 'Slow down.');
    await main.report(callId, [{ type: 'call.submission_refused', data: { attempt: 1, error, retryInSeconds: 60 } }]);
    await workflowOf(callId).terminate('by hand');
    reconcile();
    expect((await hasEnded(callId)).error).toMatchObject({ code: 'terminated', retryable: true });
  });

  test('[P2] ends a call that had claimed as submission_outcome_unknown, and says so of the submission', async () => {
    const { callId } = await startCall();
    await main.claim(callId);
    await workflowOf(callId).terminate('by hand');
    reconcile();
    const call = await hasEnded(callId);
    expect(call.error).toMatchObject({ code: 'submission_outcome_unknown', retryable: false });
    expect(call).toMatchObject({ submissions_claimed: 1, submissions_unknown: 1 });
    expect((await main.eventTypes(callId)).slice(2)).toEqual([
      'call.submission_started',
      'call.submission_unknown',
      'call.failed',
    ]);
    const late = testArtifact(callId);
    expect(await main.report(callId, [{ type: 'call.submitted', data: { attempt: 1 } }, completed(late)])).toEqual({
      applied: false,
      status: 'failed',
    });
  });

  test('[P5] leaves an answer that main keeps in its spool, and says where it is', async () => {
    const { callId } = await startCall();
    await main.claim(callId);
    const bytes = Buffer.from('a paid answer');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const body = (async function* () {
      yield bytes;
    })();
    await putInSpool(main.database, defaultSpoolLimits, { callId, attempt: 1, sha256, body });
    await workflowOf(callId).terminate('by hand');
    reconcile();
    expect((await hasEnded(callId)).error?.message).toContain(
      "attempt 1 was paid and is kept: what it holds appears in the call's lateArtifacts",
    );
    expect(await main.database.selectFrom('spool').select('bytes').where('call_id', '=', callId).execute()).toEqual([
      { bytes: bytes.length },
    ]);
  });
});

describe('a workflow that is gone', () => {
  test('ends a confirmed call by its submissions, and is never started again', async () => {
    const [unclaimed, claimed] = [await startCall(), await startCall()];
    await main.claim(claimed.callId);
    for (const { callId } of [unclaimed, claimed]) {
      const { namespace } = temporal.client.options;
      await temporal.client.workflowService.deleteWorkflowExecution({
        namespace,
        workflowExecution: { workflowId: callId },
      });
      await until(
        () => engine.look(callId),
        ({ kind }) => kind === 'not_found',
      );
    }
    reconcile();
    expect((await hasEnded(unclaimed.callId)).error).toMatchObject({ code: 'terminated' });
    expect((await hasEnded(claimed.callId)).error).toMatchObject({ code: 'submission_outcome_unknown' });
    expect((await engine.look(unclaimed.callId)).kind).toBe('not_found');
  });

  test('or never was: a start that was attempted long ago and not confirmed ends as terminated', async () => {
    const callId = await main.accept();
    await main.arrange(callId, `start_attempted_at = now() - interval '1 year'`);
    reconcile();
    expect((await hasEnded(callId)).error).toMatchObject({ code: 'terminated' });
    expect(await main.eventTypes(callId)).toEqual(['call.accepted', 'call.failed']);
  });

  test('or never was: a call that was attempted and waited longer than it may ends as timed_out', async () => {
    const callId = await main.accept({ limits: { maxQueueSeconds: 60 } });
    await main.arrange(
      callId,
      `start_attempted_at = now() - interval '50 seconds', created_at = now() - interval '61 seconds'`,
    );
    reconcile();
    expect((await hasEnded(callId)).error).toMatchObject({ code: 'timed_out' });
  });

  test('is the dispatcher’s, where its start was attempted a short time ago', async () => {
    const callId = await main.accept();
    await main.arrange(callId, `start_attempted_at = now() - interval '1 minute'`);
    await engineWatch.check();
    const reconciler = reconcile(onReadOnly);
    reconciler.noteRead(await main.callOf(callId));
    await until(
      () => dispatched,
      (count) => count > 0,
    );
    expect((await main.callOf(callId)).status).toBe('pending');
  });
});

describe('a start that was never confirmed', () => {
  test('is confirmed, however long ago it was, where its workflow runs', async () => {
    const callId = await main.accept();
    const { runId } = await engine.start(testStart(callId));
    await main.arrange(callId, `start_attempted_at = now() - interval '1 year'`);
    reconcile();
    const call = await until(
      () => main.callOf(callId),
      ({ status }) => status !== 'pending',
    );
    expect(call).toMatchObject({ status: 'processing', started_run_id: runId });
  });

  test('and is being made at this moment is left alone', async () => {
    const callId = await main.accept();
    await main.arrange(
      callId,
      `start_attempted_at = now() - interval '1 year', lease_until = now() + interval '1 hour'`,
    );
    await engineWatch.check();
    reconcile(onReadOnly).noteRead(await main.callOf(callId));
    await wasLookedAt(callId, new Date(0));
    await reconcilers[0]?.stop();
    expect((await main.callOf(callId)).status).toBe('pending');
  });
});

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
    await main.claim(callId);
    const artifact = testArtifact(callId);
    const events: CallReport['events'] = [{ type: 'call.submitted', data: { attempt: 1 } }, completed(artifact)];
    await returnFromWorkflow(temporal.client, taskQueue, reportOf(callId, runId, { events }));
    reconcile();
    const call = await hasEnded(callId);
    expect(call).toMatchObject({
      status: 'completed',
      submissions_accepted: 1,
      output: { images: [{ artifactId: artifact.artifactId }] },
    });
    expect(await main.database.selectFrom('artifacts').select('late').where('call_id', '=', callId).execute()).toEqual([
      { late: false },
    ]);
  });

  test('and returned nothing that ends the call ends it by its submissions', async () => {
    for (const [index, value] of [undefined, { nonsense: true }, 'empty report'].entries()) {
      const taskQueue = `queue-of-nonsense-${index}`;
      const { callId, runId } = await startCall({ taskQueue });
      await returnFromWorkflow(temporal.client, taskQueue, value === 'empty report' ? reportOf(callId, runId) : value);
      if (reconcilers.length === 0) reconcile();
      expect((await hasEnded(callId)).error).toMatchObject({ code: 'terminated' });
    }
  });
});

describe('a workflow that runs', () => {
  test('is left alone within its time, and after an operator’s reset', async () => {
    const { callId, runId } = await startCall({ taskQueue: 'queue-of-a-reset' });
    const { namespace } = temporal.client.options;
    const workflowExecution = { workflowId: callId, runId };
    const task = await takeWorkflowTask(temporal.client, 'queue-of-a-reset');
    await temporal.client.workflowService.respondWorkflowTaskCompleted({
      namespace,
      taskToken: task.taskToken,
      commands: [],
    });
    await temporal.client.workflowService.resetWorkflowExecution({
      namespace,
      workflowExecution,
      workflowTaskFinishEventId: task.startedEventId.add(1),
      requestId: callId,
      reason: 'by hand',
    });
    const look = await engine.look(callId);
    expect(look).toMatchObject({ kind: 'running', runId: expect.not.stringMatching(runId) });
    reconcile();
    expect((await staysOpen(callId)).status).toBe('processing');
  });

  test('past its deadline and the margin is terminated, and the call ends by its submissions', async () => {
    const { callId } = await startCall({ limits: { deadlineSeconds: 60 } });
    await main.claim(callId);
    await main.arrange(callId, `first_claimed_at = now() - interval '115 seconds'`);
    reconcile();
    expect((await staysOpen(callId)).status).toBe('processing');
    await main.arrange(callId, `first_claimed_at = now() - interval '121 seconds'`);
    expect((await hasEnded(callId)).error).toMatchObject({ code: 'submission_outcome_unknown' });
    expect(await engine.look(callId)).toMatchObject({ kind: 'ended', how: 'terminated' });
  });

  test('[P5] past its deadline is left to store a result that was paid', async () => {
    const { callId } = await startCall({ limits: { deadlineSeconds: 60 } });
    await main.claim(callId);
    await main.report(callId, [{ type: 'call.submitted', data: { attempt: 1 } }]);
    await main.arrange(callId, `first_claimed_at = now() - interval '30 minutes'`);
    reconcile();
    expect((await staysOpen(callId)).status).toBe('processing');
  });

  test('and claims nothing for longer than the call may wait is terminated', async () => {
    const { callId } = await startCall({ limits: { maxQueueSeconds: 30 } });
    await main.arrange(callId, `created_at = now() - interval '91 seconds'`);
    reconcile();
    expect((await hasEnded(callId)).error).toMatchObject({ code: 'timed_out' });
    expect(await engine.look(callId)).toMatchObject({ kind: 'ended' });
  });
});

describe('an answer of the engine', () => {
  test('is waited for: while Temporal is away no call is ended', async () => {
    const { callId } = await startCall();
    await workflowOf(callId).terminate('by hand');
    await middleware.temporal.stop();
    const reconciler = reconcile();
    await engineWatch.check();
    reconciler.noteRead(await main.callOf(callId));
    await expect(engine.look(callId, { withinMilliseconds: 500 })).rejects.toThrow();
    expect((await main.callOf(callId)).status).toBe('processing');
    await middleware.temporal.start();
    expect((await hasEnded(callId)).error).toMatchObject({ code: 'terminated' });
  });

  test('counts only where the call has not moved meanwhile', async () => {
    const callId = await main.accept();
    await main.arrange(callId, `start_attempted_at = now()`);
    await engineWatch.check();
    const looked = Promise.withResolvers<void>();
    const late: Engine = {
      ...engine,
      async look(...asked) {
        const look = await engine.look(...asked);
        const { runId } = await engine.start(testStart(callId));
        await confirmStarted(main.changing, callId, runId);
        looked.resolve();
        return look;
      },
    };
    const reconciler = reconcile(onReadOnly, late);
    reconciler.noteRead(await main.callOf(callId));
    await looked.promise;
    await reconciler.stop();
    expect((await main.callOf(callId)).status).toBe('processing');
  });

  test('is asked for by a read at most once in 30 seconds, and by one of several processes', async () => {
    const { callId } = await startCall();
    await engineWatch.check();
    let looks = 0;
    const counted: Engine = { ...engine, look: (...asked) => ((looks += 1), engine.look(...asked)) };
    const processes = [reconcile(onReadOnly, counted), reconcile(onReadOnly, counted)];
    const call = await main.callOf(callId);
    for (let read = 0; read < 50; read += 1) for (const reconciler of processes) reconciler.noteRead(call);
    await Promise.all(processes.map((reconciler) => reconciler.stop()));
    expect(looks).toBe(1);
  });

  test('of a read is given up after 500 ms', async () => {
    const { callId } = await startCall();
    await engineWatch.check();
    const within: (number | undefined)[] = [];
    const watched: Engine = {
      ...engine,
      look: (id, options) => (within.push(options?.withinMilliseconds), engine.look(id, options)),
    };
    const reconciler = reconcile(onReadOnly, watched);
    reconciler.noteRead(await main.callOf(callId));
    await reconciler.stop();
    expect(within).toEqual([500]);
  });
});

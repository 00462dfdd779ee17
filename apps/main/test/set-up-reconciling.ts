import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { OperationLimits } from '@darkroom/contract';
import { connectClient, type TemporalClient } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import type { WorkflowHandle } from '@temporalio/client';
import type { CallRow } from '../src/database/schema.ts';
import { confirmStarted } from '../src/dispatch/confirm-started.ts';
import { createEngineWatch, type EngineWatch } from '../src/engine/engine-watch.ts';
import type { Engine } from '../src/engine/engine.ts';
import { createTemporalEngine } from '../src/engine/temporal-engine.ts';
import { startReconciler, type Reconciler, type ReconcilerTiming } from '../src/reconcile/reconciler.ts';
import { openInternalSide, type InternalSide } from './internal-side.ts';
import { testStart } from './test-engine.ts';
import { until } from './until.ts';

export const everyMoment = { sweepMilliseconds: 50, quietSeconds: 0.05, marginSeconds: 60, readAfterSeconds: 0 };
export const onReadOnly = { ...everyMoment, sweepMilliseconds: 3_600_000, quietSeconds: 30 };

interface CallToStart {
  limits?: Partial<OperationLimits>;
  taskQueue?: string;
  workflowType?: string;
  integration?: string;
}

/** What a test about calls whose workflows are looked at has; the database is new for each test. */
export interface ReconcilingSide {
  middleware: TestMiddleware;
  temporal: TemporalClient;
  engine: Engine;
  main: InternalSide;
  engineWatch: EngineWatch;
  /** How often the reconciler woke the dispatcher. */
  dispatched: number;
  /** They are stopped after the test. */
  reconcilers: Reconciler[];
  reconcile(timing?: Partial<ReconcilerTiming>, using?: Engine): Reconciler;
  startCall(call?: CallToStart): Promise<{ callId: string; runId: string }>;
  workflowOf(callId: string): WorkflowHandle;
  hasEnded(callId: string): Promise<CallRow>;
  wasLookedAt(callId: string, since: Date): Promise<CallRow>;
  /** Two looks that began after this moment: the first of them is then over. */
  staysOpen(callId: string): Promise<CallRow>;
}

/** Starts and stops what such a test file needs, by hooks: a real database and a real Temporal. `stopFirst` ends what uses them. */
export function setUpReconciling({ stopFirst }: { stopFirst?: () => Promise<void> } = {}): ReconcilingSide {
  const side = { reconcilers: [], dispatched: 0 } as unknown as ReconcilingSide;

  beforeAll(async () => {
    side.middleware = await startTestMiddleware({ postgres: true, temporal: true });
    side.temporal = connectClient({ ...side.middleware.temporal, identity: 'test' });
    side.engine = createTemporalEngine(side.temporal.client);
  });
  beforeEach(async () => {
    side.main = await openInternalSide(await side.middleware.postgres.createDatabase());
    side.engineWatch = createEngineWatch({ engine: side.engine, logger: side.main.changing.logger });
    side.dispatched = 0;
  });
  afterEach(async () => {
    await Promise.all(side.reconcilers.splice(0).map((reconciler) => reconciler.stop()));
    await side.main.close();
  });
  afterAll(async () => {
    await stopFirst?.();
    await side.temporal.close();
    await side.middleware.stop();
    await expectNoLeakedProcesses();
  });

  side.reconcile = (timing = everyMoment, engine = side.engine) => {
    const { main, engineWatch } = side;
    const dispatch = () => void (side.dispatched += 1);
    const reconciling = { ...main.changing, engine, engineWatch, dispatch, storageRetrySeconds: 3600 };
    const reconciler = startReconciler({ ...reconciling, timing });
    side.reconcilers.push(reconciler);
    return reconciler;
  };
  side.startCall = async ({ limits = {}, taskQueue, workflowType, integration = 'testing' } = {}) => {
    const callId = await side.main.accept({ limits, integration });
    const start = testStart(callId, taskQueue);
    const { runId } = await side.engine.start({ ...start, type: workflowType ?? start.type });
    await confirmStarted(side.main.changing, callId, runId);
    return { callId, runId };
  };
  side.workflowOf = (callId) => side.temporal.client.workflow.getHandle(callId);
  side.hasEnded = (callId) =>
    until(
      () => side.main.callOf(callId),
      ({ completed_at }) => completed_at !== null,
    );
  side.wasLookedAt = (callId, since) =>
    until(
      () => side.main.callOf(callId),
      ({ reconciled_at }) => reconciled_at !== null && reconciled_at > since,
    );
  side.staysOpen = async (callId) => {
    const first = await side.wasLookedAt(callId, new Date());
    return side.wasLookedAt(callId, first.reconciled_at ?? new Date());
  };
  return side;
}

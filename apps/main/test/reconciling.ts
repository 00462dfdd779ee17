import type { OperationLimits } from '@darkroom/contract';
import type { TemporalClient } from '@darkroom/platform-temporal';
import type { TestMiddleware } from '@darkroom/testing';
import type { WorkflowHandle } from '@temporalio/client';
import type { CallRow } from '../src/database/schema.ts';
import { confirmStarted } from '../src/dispatch/confirm-started.ts';
import type { Engine } from '../src/engine/engine.ts';
import { startReconciler, type Reconciler, type ReconcilerTiming } from '../src/reconcile/reconciler.ts';
import type { BesideTemporalOfFile } from './set-up-beside-temporal.ts';
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

/** What tests do with reconcilers. */
export interface ReconcilingSide {
  readonly middleware: TestMiddleware;
  readonly temporal: TemporalClient;
  readonly engine: Engine;
  readonly main: BesideTemporalOfFile;
  /** How often the reconciler woke the dispatcher. */
  readonly dispatched: number;
  /** Temporal has answered: a read is followed by a look, for a second at least. */
  untilUp(): Promise<unknown>;
  /** Starts one, which is stopped after the test. */
  reconcile(timing?: Partial<ReconcilerTiming>, using?: Engine): Reconciler;
  startCall(call?: CallToStart): Promise<{ callId: string; runId: string }>;
  workflowOf(callId: string): WorkflowHandle;
  hasEnded(callId: string): Promise<CallRow>;
  wasLookedAt(callId: string, since: Date): Promise<CallRow>;
  /** Two looks that began after this moment: the first of them is then over. */
  staysOpen(callId: string): Promise<CallRow>;
}

export function reconciling(main: BesideTemporalOfFile): ReconcilingSide {
  let dispatched = 0;
  const wasLookedAt = (callId: string, since: Date) =>
    until(
      () => main.callOf(callId),
      ({ reconciled_at }) => reconciled_at !== null && reconciled_at > since,
    );
  return {
    main,
    get middleware() {
      return main.middleware;
    },
    get temporal() {
      return main.temporal;
    },
    get engine() {
      return main.engine;
    },
    get dispatched() {
      return dispatched;
    },
    untilUp: () => until(() => main.engineWatch.check(), Boolean),
    reconcile(timing = everyMoment, engine = patient(main.engine)) {
      const dispatch = () => void (dispatched += 1);
      const { changing, engineWatch } = main;
      const reconciler = startReconciler({
        ...changing,
        engine,
        engineWatch,
        dispatch,
        storageRetrySeconds: 3600,
        timing,
      });
      main.endLater(() => reconciler.stop());
      return reconciler;
    },
    async startCall({ limits = {}, taskQueue, workflowType, integration = 'testing' } = {}) {
      const callId = await main.accept({ limits, integration });
      const start = testStart(callId, taskQueue);
      const { runId } = await main.engine.start({ ...start, type: workflowType ?? start.type });
      await confirmStarted(main.changing, callId, runId);
      return { callId, runId };
    },
    workflowOf: (callId) => main.temporal.client.workflow.getHandle(callId),
    hasEnded: (callId) =>
      until(
        () => main.callOf(callId),
        ({ completed_at }) => completed_at !== null,
      ),
    wasLookedAt,
    async staysOpen(callId) {
      const first = await wasLookedAt(callId, new Date());
      return wasLookedAt(callId, first.reconciled_at ?? new Date());
    },
  };
}

/** Lets a look take as long as it does on a busy machine: one on a read is given up soon, and not repeated here. */
function patient(engine: Engine): Engine {
  return { ...engine, look: (callId) => engine.look(callId) };
}

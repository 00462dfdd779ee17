import { startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import type { CallWorkflowInput, OperationLimits } from '@darkroom/contract';
import { createPollSlots } from '../src/worker/index.ts';
import { openRig, type Rig, temporalSlots, type TinyContext } from './rig.ts';
import { asTaskProvider, type TaskProvider } from './task-provider.ts';
import { type CallHandle, runTinyWorker, type TinyTemporal } from './temporal-worker.ts';
import { until } from './until.ts';

/** Looks come so fast that a test need not wait for them. */
export const fast: Partial<OperationLimits> = {
  pollFirstSeconds: 0.05,
  pollIntervalSeconds: 0.05,
  pollWindowSeconds: 60,
  pollSlowIntervalSeconds: 0.1,
};
/** Nobody looks by itself. */
export const patient: Partial<OperationLimits> = { ...fast, pollFirstSeconds: 600, pollIntervalSeconds: 600 };

/** A provider of tasks, a `main` and a worker on a real Temporal. */
export interface PollStage {
  middleware: TestMiddleware;
  rig: Rig;
  provider: TaskProvider;
  begin(call: CallWorkflowInput): Promise<CallHandle>;
  paint(limits?: Partial<OperationLimits>): Promise<CallHandle>;
  /** What `main` does with a cancel: a mark on the call, and a signal. */
  cancel(handle: CallHandle): Promise<void>;
  eventTypes(handle: CallHandle): string[];
  submitted(handle: CallHandle): Promise<void>;
  /** A fresh provider, as at the start. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** `slots`: how many activities the worker runs at once. */
export async function openPollStage(more: Partial<TinyContext> = {}, slots = temporalSlots): Promise<PollStage> {
  const middleware = await startTestMiddleware({ temporal: true, objectStore: true });
  const rig = await openRig(middleware.objectStore);
  const context = await rig.newContext({ pollSlots: createPollSlots({ slots }), ...more });
  const temporal: TinyTemporal = await runTinyWorker(middleware.temporal, context, slots);
  const stage: PollStage = {
    middleware,
    rig,
    provider: asTaskProvider(rig.provider, rig.image),
    begin: (call) => temporal.start(call),
    paint: (limits = fast) =>
      temporal.start(rig.accept({ ...fast, ...limits }, { prompt: 'a lighthouse' }, { operation: 'paint' })),
    async cancel(handle) {
      rig.main.call(handle.workflowId).cancelRequested = true;
      await handle.signal('cancel');
    },
    eventTypes: ({ workflowId }) =>
      rig.main
        .call(workflowId)
        .events.map(({ type }) => type)
        .filter((type) => type !== 'call.progress'),
    submitted: (handle) => until(() => stage.eventTypes(handle).includes('call.submitted')),
    async reset() {
      await middleware.objectStore.start();
      stage.provider = asTaskProvider(rig.provider, rig.image);
    },
    async close() {
      await temporal.close();
      await rig.close();
      await middleware.stop();
    },
  };
  return stage;
}

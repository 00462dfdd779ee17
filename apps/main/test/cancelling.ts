import { type Canceller, startCanceller } from '../src/cancel/canceller.ts';
import type { CallRow } from '../src/database/schema.ts';
import { confirmStarted } from '../src/dispatch/confirm-started.ts';
import type { BesideTemporalOfFile } from './set-up-beside-temporal.ts';
import { testStart } from './test-engine.ts';
import { until } from './until.ts';

/** What tests do with cancellers. */
export interface Cancelling {
  /** Starts one, which is stopped after the test. */
  cancel(sweepMilliseconds?: number): Canceller;
  /** A call whose workflow has been started. */
  startCall(): Promise<string>;
  /** What its workflow was told. */
  signalsOf(callId: string): Promise<(string | null | undefined)[]>;
  wasSignalled(callId: string): Promise<CallRow>;
}

/** Changes a call so that its cancel is to be requested now. */
export const hasPassed = `cancel_after = now() - interval '1 second'`;

export function cancelling(main: BesideTemporalOfFile): Cancelling {
  return {
    cancel(sweepMilliseconds = 50) {
      const { changing, catalog, engine, engineWatch } = main;
      const canceller = startCanceller({ ...changing, catalog, engine, engineWatch, sweepMilliseconds });
      main.endLater(() => canceller.stop());
      return canceller;
    },
    async startCall() {
      const callId = await main.accept({ integration: 'polling' });
      const { runId } = await main.engine.start(testStart(callId));
      await confirmStarted(main.changing, callId, runId);
      return callId;
    },
    async signalsOf(callId) {
      const { events } = await main.temporal.client.workflow.getHandle(callId).fetchHistory();
      return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
        signal ? [signal.signalName] : [],
      );
    },
    wasSignalled: (callId) =>
      until(
        () => main.callOf(callId),
        ({ cancel_signalled_at }) => cancel_signalled_at !== null,
      ),
  };
}

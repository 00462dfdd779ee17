import { type Canceller, startCanceller } from '../src/cancel/canceller.ts';
import type { CallRow } from '../src/database/schema.ts';
import { confirmStarted } from '../src/dispatch/confirm-started.ts';
import type { Engine } from '../src/engine/engine.ts';
import type { BesideTemporalOfFile } from './set-up-beside-temporal.ts';
import { testStart } from './test-engine.ts';
import { until } from './until.ts';

/** What tests do with cancellers. */
export interface Cancelling {
  /** Starts one, which is stopped after the test. */
  cancel(sweepMilliseconds?: number): Canceller;
  /** What the cancellers were answered. A signal that was answered too late may have been taken all the same. */
  answers: string[];
  /** A call whose workflow has been started. */
  startCall(): Promise<string>;
  /** What its workflow was told. */
  signalsOf(callId: string): Promise<(string | null | undefined)[]>;
  wasSignalled(callId: string): Promise<CallRow>;
}

/** Changes a call so that its cancel is to be requested now. */
export const hasPassed = `cancel_after = now() - interval '1 second'`;

export function cancelling(main: BesideTemporalOfFile): Cancelling {
  const answers: string[] = [];
  const signal: Engine['signal'] = async (...told) => {
    const answer = await main.engine.signal(...told);
    answers.push(answer);
    return answer;
  };
  return {
    answers,
    cancel(sweepMilliseconds = 50) {
      const { changing, catalog, engineWatch } = main;
      const engine = { signal };
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

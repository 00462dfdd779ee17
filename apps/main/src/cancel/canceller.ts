import { callLogger } from '@darkroom/platform-logging';
import type { EngineWatch } from '../engine/engine-watch.ts';
import type { Engine } from '../engine/engine.ts';
import { startLoop } from '../engine/start-loop.ts';
import { limitConcurrency } from '../spool/limit-concurrency.ts';
import { cancelCall, type Cancelling } from './cancel-call.ts';
import { findCancelsToSignal, findDueCancels, noteCancelSignalled } from './cancel.queries.ts';

export interface CancellerDependencies extends Cancelling {
  engine: Pick<Engine, 'signal'>;
  engineWatch: Pick<EngineWatch, 'check'>;
  sweepMilliseconds?: number;
}

export interface Canceller {
  /** A cancel was requested: tells the workflow now instead of at the next sweep. */
  wake(): void;
  /** Cancels nothing more and waits for what is under way. */
  stop(): Promise<void>;
}

const defaultSweepMilliseconds = 1_000;
const mostAtOnce = 100;
const signalsInFlight = 8;

/** Requests the cancels whose time has come, and tells workflows of cancels until the engine has taken it. */
export function startCanceller(dependencies: CancellerDependencies): Canceller {
  const { database, engine, engineWatch, logger } = dependencies;
  const inTurn = limitConcurrency(signalsInFlight);
  let stopping = false;

  const loop = startLoop({
    run: sweep,
    everyMilliseconds: dependencies.sweepMilliseconds ?? defaultSweepMilliseconds,
    onError: (error) => logger.error({ error }, 'the canceller could not read or change calls: it tries again'),
  });

  async function sweep(): Promise<void> {
    for (const callId of await findDueCancels(database, mostAtOnce)) {
      if (stopping) return;
      await cancelCall(dependencies, { callId, by: 'cancel_after' });
    }
    const unheard = await findCancelsToSignal(database, mostAtOnce);
    if (unheard.length === 0 || !(await engineWatch.check())) return;
    await Promise.all(unheard.map((callId) => inTurn(() => signal(callId))));
  }

  async function signal(callId: string): Promise<void> {
    if (stopping) return;
    try {
      // A workflow that is not found has ended, or starts later and is stopped by its first claim.
      await engine.signal(callId, 'cancel');
      await noteCancelSignalled(database, callId);
    } catch (error) {
      callLogger(logger, { callId, workflowId: callId }).warn(
        { error },
        'the workflow was not told of the cancel: it is tried again',
      );
    }
  }

  return {
    wake: () => loop.wake(),
    stop: async () => {
      stopping = true;
      await loop.stop();
    },
  };
}

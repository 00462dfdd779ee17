import { callLogger, type Logger } from '@darkroom/platform-logging';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { EngineWatch } from '../engine/engine-watch.ts';
import type { Engine } from '../engine/engine.ts';
import { startLoop } from '../engine/start-loop.ts';
import { limitConcurrency } from '../spool/limit-concurrency.ts';
import { findKeptCallbacks, forgetKeptCallback, type KeptCallback } from './kept-callbacks.queries.ts';

export interface CallbackForwarderDependencies {
  database: Kysely<Database>;
  engine: Pick<Engine, 'signal'>;
  engineWatch: Pick<EngineWatch, 'check'>;
  logger: Logger;
  sweepMilliseconds?: number;
}

export interface CallbackForwarder {
  /** Passes nothing more on and waits for what is under way. */
  stop(): Promise<void>;
}

const defaultSweepMilliseconds = 1_000;
const mostAtOnce = 100;
const signalsInFlight = 8;

/** Passes on the callbacks that came while the engine was away. Several of `main` may pass on the same one: workflows know repeats. */
export function startCallbackForwarder(dependencies: CallbackForwarderDependencies): CallbackForwarder {
  const { database, engine, engineWatch, logger } = dependencies;
  const inTurn = limitConcurrency(signalsInFlight);
  let stopping = false;

  const loop = startLoop({
    run: sweep,
    everyMilliseconds: dependencies.sweepMilliseconds ?? defaultSweepMilliseconds,
    onError: (error) => logger.error({ error }, 'the kept callbacks could not be read: it is tried again'),
  });

  async function sweep(): Promise<void> {
    const kept = await findKeptCallbacks(database, mostAtOnce);
    if (kept.length === 0 || !(await engineWatch.check())) return;
    await Promise.all(kept.map((callback) => inTurn(() => passOn(callback))));
  }

  async function passOn({ id, callId, signal }: KeptCallback): Promise<void> {
    if (stopping) return;
    const log = callLogger(logger, { callId, workflowId: callId });
    try {
      const told = await engine.signal(callId, 'callback', signal);
      await forgetKeptCallback(database, id);
      log.info(told === 'delivered' ? 'kept callback passed on' : 'kept callback for a workflow that does not run');
    } catch (error) {
      log.warn({ error }, 'the kept callback could not be passed on: it is tried again');
    }
  }

  return {
    stop: () => {
      stopping = true;
      return loop.stop();
    },
  };
}

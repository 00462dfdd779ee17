import { callLogger } from '@darkroom/platform-logging';
import type { CallChanging } from '../calls/change-call.ts';
import type { EngineWatch } from '../engine/engine-watch.ts';
import type { Engine } from '../engine/engine.ts';
import { startLoop } from '../engine/start-loop.ts';
import { confirmStarted } from './confirm-started.ts';
import { endExpiredCalls } from './end-expired-calls.ts';
import { leasePendingCalls, releaseLease, type LeasedCall } from './lease-pending-calls.ts';
import type { StartableOperations } from './startable-operations.ts';

export interface DispatcherDependencies extends CallChanging {
  engine: Engine;
  engineWatch: EngineWatch;
  operations: StartableOperations;
  /** How long a paid result is tried to be stored; goes to the workflow. */
  storageRetrySeconds: number;
  timing?: Partial<DispatcherTiming>;
}

export interface DispatcherTiming {
  startsInFlight: number;
  /** Longer than a start may take. After it, another dispatcher takes the call. */
  leaseMilliseconds: number;
  sweepMilliseconds: number;
  expiryMilliseconds: number;
}

export interface Dispatcher {
  /** Looks for pending calls now instead of at the next sweep. */
  wake(): void;
  /** Starts nothing more and waits for the starts that are under way. */
  stop(): Promise<void>;
}

const defaultTiming: DispatcherTiming = {
  startsInFlight: 16,
  leaseMilliseconds: 30_000,
  sweepMilliseconds: 1_000,
  expiryMilliseconds: 10_000,
};

/** Starts the workflows of pending calls, as soon as it is woken and at every sweep, while the engine answers. */
export function startDispatcher(dependencies: DispatcherDependencies): Dispatcher {
  const { database, logger, engine, engineWatch, operations, storageRetrySeconds } = dependencies;
  const timing = { ...defaultTiming, ...dependencies.timing };
  const inFlight = new Set<Promise<void>>();
  let moreMayWait = false;
  let nextExpiryAt = 0;

  const loop = startLoop({
    run: dispatch,
    everyMilliseconds: timing.sweepMilliseconds,
    onError: (error) => logger.error({ error }, 'the dispatcher could not read or change calls: it tries again'),
  });

  async function dispatch(): Promise<void> {
    if (!(await engineWatch.check())) return;
    await leaseAndStart();
    if (Date.now() < nextExpiryAt) return;
    nextExpiryAt = Date.now() + timing.expiryMilliseconds;
    await endExpiredCalls(dependencies);
  }

  async function leaseAndStart(): Promise<void> {
    const limit = timing.startsInFlight - inFlight.size;
    if (limit <= 0) return;
    const calls = await leasePendingCalls(database, {
      operations: [...operations.keys()],
      limit,
      leaseMilliseconds: timing.leaseMilliseconds,
      repeatWithinSeconds: (engineWatch.retentionSeconds() ?? 0) / 2,
    });
    moreMayWait = calls.length === limit;
    for (const call of calls) {
      const start = startWorkflow(call).finally(() => {
        inFlight.delete(start);
        if (moreMayWait) loop.wake();
      });
      inFlight.add(start);
    }
  }

  async function startWorkflow(call: LeasedCall): Promise<void> {
    const log = callLogger(logger, { callId: call.id, workflowId: call.id });
    try {
      const { runId } = await requestStart(call);
      await confirmStarted(dependencies, call.id, runId);
    } catch (error) {
      log.warn({ error }, 'the workflow could not be started or its start not be noted: it is tried again');
      const engineIsAway = await engineWatch.ask().then(
        () => false,
        () => true,
      );
      if (engineIsAway)
        await releaseLease(database, call.id).catch((cause: unknown) =>
          log.warn({ error: cause }, 'the lease runs out by itself'),
        );
    }
  }

  function requestStart({
    id,
    account_id,
    integration,
    operation,
    input,
    limits,
    queued_at,
  }: LeasedCall): Promise<{ runId: string }> {
    const startable = operations.get(`${integration}/${operation}`);
    if (startable === undefined) throw new Error(`${integration}/${operation} was leased and is not enabled.`);
    return engine.start({
      type: startable.workflowType,
      taskQueue: startable.taskQueue,
      input: {
        callId: id,
        accountId: account_id,
        integration,
        operation,
        input,
        limits,
        acceptedAt: queued_at.toISOString(),
        storageRetrySeconds,
      },
    });
  }

  return {
    wake: () => loop.wake(),
    stop: async () => {
      await loop.stop();
      await Promise.all(inFlight);
    },
  };
}

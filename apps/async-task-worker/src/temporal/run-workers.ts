import type { NativeConnection, Worker } from '@temporalio/worker';
import { identityOf } from './create-temporal-worker.ts';

/** A Temporal Worker of this process. */
export interface NamedWorker {
  /** That of its integration, or `platform`. */
  name: string;
  taskQueue: string;
  worker: Worker;
}

export interface RunningWorkers {
  /** Settles when all have ended: fulfilled after a stop, rejected when one of them failed or the stop waited for too long. */
  ended: Promise<void>;
  /** Stops taking tasks; what is running may drain. Safe to ask twice. */
  stop(): void;
  /** Undefined while every Worker runs and Temporal sees it; otherwise what is wrong. */
  findFault(): Promise<string | undefined>;
}

const questionTimeoutMs = 2_000;
const activityQueue = 2;
const marginSeconds = 1;

/** Lets the Workers take tasks. One that fails stops the others. */
export function runWorkers({
  workers,
  connection,
  namespace,
  drainSeconds,
}: {
  workers: readonly NamedWorker[];
  connection: NativeConnection;
  namespace: string;
  /** Asked when a stop begins: how long it may wait for what is running. */
  drainSeconds: () => number;
}): RunningWorkers {
  const waitedForTooLong = Promise.withResolvers<never>();
  let drainTimer: NodeJS.Timeout | undefined;
  const stop = () => {
    for (const { worker } of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    if (drainTimer) return;
    const seconds = drainSeconds();
    drainTimer = setTimeout(
      () => waitedForTooLong.reject(new Error(`What was running did not end within the ${seconds} s of a stop.`)),
      (seconds + marginSeconds) * 1000,
    );
  };
  const runs = workers.map(({ worker }) =>
    worker.run().catch((error: unknown) => {
      stop();
      throw error;
    }),
  );

  const isSeen = async ({ name, taskQueue }: NamedWorker): Promise<boolean> => {
    const description = await connection.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: activityQueue,
    });
    return description.pollers?.some(({ identity }) => identity === identityOf(name)) ?? false;
  };

  return {
    ended: Promise.race([allEnded(runs), waitedForTooLong.promise]).finally(() => clearTimeout(drainTimer)),
    stop,
    async findFault() {
      for (const one of workers) {
        const state = one.worker.getState();
        if (state !== 'RUNNING') return `the worker of ${one.name} is ${state}`;
        try {
          const seen = await connection.withDeadline(Date.now() + questionTimeoutMs, () => isSeen(one));
          if (!seen) return `Temporal sees no poller of ${one.name} on the queue ${one.taskQueue} yet`;
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        }
      }
      return undefined;
    },
  };
}

async function allEnded(runs: readonly Promise<void>[]): Promise<void> {
  for (const run of await Promise.allSettled(runs)) if (run.status === 'rejected') throw run.reason;
}

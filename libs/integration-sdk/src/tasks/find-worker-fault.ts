import type { NativeConnection, Worker } from '@temporalio/worker';

/** A Worker and the queue that it takes from. */
export interface QueueWorker {
  readonly taskQueue: string;
  readonly worker: Worker;
}

const questionTimeoutMs = 2_000;
const queueTypes = [1, 2]; // Of workflows, and of activities.

/** Undefined while every Worker runs and Temporal sees it poll; otherwise what is wrong. */
export async function findWorkerFault(
  connection: NativeConnection,
  { namespace, identity }: { namespace: string; identity: string },
  workers: readonly QueueWorker[],
): Promise<string | undefined> {
  const isSeen = async (taskQueue: string, taskQueueType: number): Promise<boolean> => {
    const question = { namespace, taskQueue: { name: taskQueue }, taskQueueType };
    const { pollers } = await connection.workflowService.describeTaskQueue(question);
    return pollers?.some((poller) => poller.identity === identity) ?? false;
  };
  for (const { taskQueue, worker } of workers) {
    const state = worker.getState();
    if (state !== 'RUNNING') return `the worker of the queue ${taskQueue} is ${state}`;
    try {
      const seen = await connection.withDeadline(Date.now() + questionTimeoutMs, () =>
        Promise.all(queueTypes.map((type) => isSeen(taskQueue, type))),
      );
      if (!seen.every(Boolean)) return `Temporal sees no poller on the queue ${taskQueue} yet`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  return undefined;
}

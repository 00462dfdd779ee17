import { setTimeout as pause } from 'node:timers/promises';
import { NativeConnection, Worker } from '@temporalio/worker';
import { answerUnknown } from './answer-unknown.ts';
import { bundleTaskWorkflow } from './bundle-task-workflow.ts';
import type { ComponentSettings } from './component-options.ts';
import { createTaskActivities } from './create-task-activities.ts';
import { findWorkerFault, type QueueWorker } from './find-worker-fault.ts';
import { followRuns } from './follow-runs.ts';
import { planOf } from './task-story.ts';
import type { AnyAsyncTask } from './temporal-async-task.ts';

const cachedWorkflows = 200;
// How long a stop really waits is decided when it begins.
const longestDrain = '7 days';
// A cancellation comes with the answer to a heartbeat, so one must not be held back for long.
const longestHeartbeatPause = '5 s';
// For so long a task's workflow is kept for the worker that had it last, which may have been killed.
const heldForLastWorker = '2 s';
const pollIntervalMs = 50;
// A machine may stand still for seconds before steps hear their signals.
const marginSeconds = 10;
// Node.js takes a longer one for none at all.
const longestTimerMs = 2 ** 31 - 1;

/** The Workers of a component, one for each queue. */
export interface TaskWorkers {
  readonly connection: NativeConnection;
  /** Resolves when all poll; rejected when they end before. */
  readonly polling: Promise<void>;
  /** Settles when all have ended; rejected as soon as one of them fails, which stops the others. */
  readonly ended: Promise<void>;
  findFault(): Promise<string | undefined>;
  /** Takes no more steps and waits for those that run; after `drainSeconds` their signals are aborted, and ten seconds later it rejects. */
  stop(drainSeconds: number): Promise<void>;
}

/** Lets the Workers of the tasks run. Fails where Temporal does not answer. */
export async function runTaskWorkers(
  settings: ComponentSettings,
  tasks: readonly AnyAsyncTask[],
  given?: NativeConnection,
): Promise<TaskWorkers> {
  const connection = given ?? (await NativeConnection.connect({ address: settings.temporalAddress }));
  const close = async () => {
    if (given === undefined) await connection.close();
  };
  const abandoning = new AbortController();
  const queues = await createWorkers({ settings, connection, tasks, abandoned: abandoning.signal, close });

  const shutDown = () => {
    for (const { worker } of queues) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = queues.map(({ worker }) => worker.run());
  const { ended, drained } = followRuns(runs, { shutDown, close });
  const findFault = () => findWorkerFault(connection, settings, queues);

  const stop = async (drainSeconds: number) => {
    shutDown();
    const waited = Promise.withResolvers<never>();
    const timers = [
      setTimeout(() => abandoning.abort(new Error('The worker stops.')), timerMs(drainSeconds)),
      setTimeout(
        () => waited.reject(new Error(`Steps that ran did not end within the ${drainSeconds} s of a stop.`)),
        timerMs(drainSeconds + marginSeconds),
      ),
    ];
    await Promise.race([drained, waited.promise]).finally(() => timers.forEach(clearTimeout));
  };

  return { connection, polling: untilPolling({ queues, findFault, ended }), ended, findFault, stop };
}

function timerMs(seconds: number): number {
  return Math.min(seconds * 1000, longestTimerMs);
}

async function untilPolling({
  queues,
  findFault,
  ended,
}: Pick<TaskWorkers, 'findFault' | 'ended'> & { queues: readonly QueueWorker[] }): Promise<void> {
  const areRunning = () => queues.every(({ worker }) => worker.getState() === 'RUNNING');
  while (areRunning()) {
    const fault = await findFault();
    // They may have been stopped meanwhile, and Temporal may have seen others of the same name.
    if (fault === undefined && areRunning()) return;
    await pause(pollIntervalMs);
  }
  await ended;
  throw new Error('The workers of the tasks ended before they polled.');
}

async function createWorkers({
  settings,
  connection,
  tasks,
  abandoned,
  close,
}: {
  settings: ComponentSettings;
  connection: NativeConnection;
  tasks: readonly AnyAsyncTask[];
  abandoned: AbortSignal;
  close: () => Promise<void>;
}): Promise<QueueWorker[]> {
  const created: QueueWorker[] = [];
  try {
    const workflowBundle = await bundleTaskWorkflow(settings.bundleWorkflows);
    for (const [taskQueue, ofQueue] of Map.groupBy(tasks, (task) => task.taskQueue)) {
      const worker = await Worker.create({
        connection,
        namespace: settings.namespace,
        taskQueue,
        identity: settings.identity,
        workflowBundle,
        activities: activitiesOf(ofQueue, { secrets: settings.secrets, abandoned }),
        maxCachedWorkflows: cachedWorkflows,
        maxConcurrentActivityTaskExecutions: settings.maxConcurrentSteps,
        stickyQueueScheduleToStartTimeout: heldForLastWorker,
        maxHeartbeatThrottleInterval: longestHeartbeatPause,
        shutdownGraceTime: longestDrain,
        ...(settings.interceptors && { interceptors: settings.interceptors }),
      });
      created.push({ taskQueue, worker });
    }
    return created;
  } catch (error) {
    // A Worker that never ran would hold the connection.
    await Promise.all(created.map(({ worker }) => worker.runUntil(Promise.resolve())));
    await close();
    throw error;
  }
}

function activitiesOf(
  tasks: readonly AnyAsyncTask[],
  shared: { secrets: readonly string[]; abandoned: AbortSignal },
): object {
  const known = tasks.flatMap((task): [string, unknown][] => {
    const { plan, runStep } = createTaskActivities({ task: task.getTaskFunction(), ...shared });
    return [
      [task.workflowType, runStep],
      [planOf(task.workflowType), plan],
    ];
  });
  // The SDK's name for the activity that is called where there is none of the name.
  return Object.fromEntries([['default', answerUnknown], ...known]);
}

import { once } from 'node:events';
import { type AnyAsyncTask, AsyncTaskComponent } from '@darkroom/integration-sdk/tasks';
import type { IntegrationContext } from '@darkroom/integration-sdk/worker';
import { ConfigurationError } from '@darkroom/platform-config';
import type { TemporaryFiles } from '@darkroom/platform-files';
import { bundleWorkflows } from '@darkroom/platform-temporal';
import type { NativeConnection } from '@temporalio/worker';
import type { WorkerSide } from '../integrations/load-worker-side.ts';
import type { ConfiguredIntegration, WorkerConfig } from '../integrations/read-worker-config.ts';
import { identityOf } from '../temporal/create-temporal-worker.ts';
import type { RunningActivities } from '../temporal/running-activities.ts';
import { readOfferedTasks } from './read-offered-tasks.ts';
import { refuseMissingTasks } from './refuse-missing-tasks.ts';

/** An integration with all that its worker side needs. */
export interface EquippedIntegration extends ConfiguredIntegration {
  side: WorkerSide;
  context: IntegrationContext;
}

/** The asynchronous tasks of this process. */
export interface WorkerTasks {
  /** Each task, with the queue that it runs on. */
  list: readonly AnyAsyncTask[];
  /** Undefined where there are no tasks, and while their Workers run and Temporal sees them. */
  findFault(): Promise<string | undefined>;
  /** Runs the tasks until the signal is aborted and their steps have ended; settles at once where there are none. */
  run(connection: NativeConnection, stopping: AbortSignal): Promise<void>;
}

/**
 * Collects the tasks that the integrations offer. A name that two of them use is an error that names both, a declared one that is not offered names its package, and a queue
 * that other processes may share is a ConfigurationError.
 */
export function createWorkerTasks({
  config,
  integrations,
  sharesTaskQueue,
  temporaryFiles,
  running,
}: Pick<WorkerConfig, 'config' | 'sharesTaskQueue'> & {
  integrations: readonly EquippedIntegration[];
  temporaryFiles: Pick<TemporaryFiles, 'withDirectory' | 'keptDirectory'>;
  running: RunningActivities;
}): WorkerTasks {
  const owners = new Map<AnyAsyncTask, string>();
  for (const integration of integrations) {
    const offered = readOfferedTasks(integration);
    refuseMissingTasks(integration, offered);
    for (const task of offered) owners.set(task, integration.definition.name);
  }
  refuseSharedNames(owners);
  const list = [...owners.keys()];
  const ownerOfType = new Map([...owners].map(([task, owner]) => [task.workflowType, owner]));
  const component = new AsyncTaskComponent({
    namespace: config.temporal.namespace,
    taskQueue: config.taskQueue.asyncTasks,
    identity: identityOf('async-tasks'),
    secrets: integrations.flatMap(({ secrets }) => secrets),
    // What comes next is asked under the name of the task too, with an ending.
    interceptors: { activity: [running.observe((type) => ownerOfType.get(type.replace(/\..*$/, '')) ?? 'unknown')] },
    bundleWorkflows: (workflowsPath) => bundleWorkflows({ workflowsPath, temporaryFiles }),
  });
  component.registerAll(list);
  if (sharesTaskQueue) refuseSharedQueue(list.filter(({ taskQueue }) => taskQueue === config.taskQueue.asyncTasks));

  const { drainSeconds } = config.worker;
  return {
    list,
    findFault: async () => (list.length === 0 ? undefined : component.findFault()),
    async run(connection, stopping) {
      if (list.length === 0 || stopping.aborted) return;
      const stopped = once(stopping, 'abort');
      try {
        const started = component.start({ connection });
        await Promise.race([started.then(() => component.ended()), stopped]);
      } finally {
        // Also after a failure: steps of the other queues may be under way.
        await component.stop(drainSeconds === undefined ? {} : { drainSeconds });
      }
    },
  };
}

function refuseSharedNames(owners: ReadonlyMap<AnyAsyncTask, string>): void {
  const taken = new Map<string, string>();
  for (const [task, owner] of owners) {
    const other = taken.get(task.getName());
    if (other !== undefined) {
      throw new Error(`${other} and ${owner} both have a task "${task.getName()}": give one of them another name.`);
    }
    taken.set(task.getName(), owner);
  }
}

/** A process that runs other integrations would be given these tasks too, and could only hand them back. */
function refuseSharedQueue(tasks: readonly AnyAsyncTask[]): void {
  if (tasks.length === 0) return;
  const names = tasks.map((task) => task.getName()).join(', ');
  throw new ConfigurationError([
    {
      variable: 'ASYNC_TASK_QUEUE',
      problem: 'is not set, and WORKER_INTEGRATIONS is',
      remedy: `Name a queue for ${names} from which only processes with the same integrations take.`,
    },
  ]);
}

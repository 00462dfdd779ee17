import { hostname } from 'node:os';
import type { TemporaryFiles } from '@darkroom/platform-files';
import { bundleWorkflows } from '@darkroom/platform-temporal';
import { type NativeConnection, Worker } from '@temporalio/worker';
import type { Activities } from '../integrations/load-worker-side.ts';
import { activitySlots } from './activity-slots.ts';
import type { RunningActivities } from './running-activities.ts';

const cachedWorkflows = 200;
// How long a stop really waits is decided when it begins: by then it is known what is running.
const longestDrain = '7 days';

interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  /** That of its integration, or `platform`. */
  name: string;
  taskQueue: string;
  activities: Activities;
  workflowsPath: string;
  temporaryFiles: TemporaryFiles;
  running: RunningActivities;
}

/** What Temporal's Web UI shows as the one who did something. */
export function identityOf(name: string): string {
  return `${hostname()}/${name}`;
}

/** Creates a Temporal Worker. It takes no task before it is run. */
export async function createTemporalWorker(parts: WorkerParts): Promise<Worker> {
  const { connection, namespace, name, taskQueue, activities } = parts;
  const workflowBundle = await bundleWorkflows({
    workflowsPath: parts.workflowsPath,
    temporaryFiles: parts.temporaryFiles,
  });
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    activities,
    workflowBundle,
    identity: identityOf(name),
    maxCachedWorkflows: cachedWorkflows,
    maxConcurrentActivityTaskExecutions: activitySlots,
    shutdownGraceTime: longestDrain,
    interceptors: { activity: [parts.running.observe(name)] },
  });
}

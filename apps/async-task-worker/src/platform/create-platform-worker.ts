import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TemporaryFiles } from '@darkroom/platform-files';
import type { NativeConnection } from '@temporalio/worker';
import type { Config } from '../config.ts';
import { createTemporalWorker } from '../temporal/create-temporal-worker.ts';
import type { RunningActivities } from '../temporal/running-activities.ts';
import type { NamedWorker } from '../temporal/run-workers.ts';
import { createPlatformActivities } from './create-platform-activities.ts';
import type { PlatformContext } from './platform-context.ts';

/** The name of the platform's Worker beside those of the integrations. */
const platformName = 'platform';

const workflowsPath = fileURLToPath(new URL(`./workflows/index${extname(import.meta.filename)}`, import.meta.url));

/** Creates the Worker of Darkroom's own workflows: batches, notifications and retention. */
export async function createPlatformWorker({
  config,
  connection,
  temporaryFiles,
  running,
  context,
}: {
  config: Pick<Config, 'platformQueue' | 'temporal'>;
  connection: NativeConnection;
  temporaryFiles: TemporaryFiles;
  running: RunningActivities;
  context: PlatformContext;
}): Promise<NamedWorker> {
  const { taskQueue } = config.platformQueue;
  const worker = await createTemporalWorker({
    connection,
    namespace: config.temporal.namespace,
    name: platformName,
    taskQueue,
    activities: createPlatformActivities(context),
    workflowsPath,
    temporaryFiles,
    running,
  });
  return { name: platformName, taskQueue, worker };
}

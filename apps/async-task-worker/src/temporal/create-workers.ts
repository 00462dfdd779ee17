import type { TemporaryFiles } from '@darkroom/platform-files';
import type { NativeConnection } from '@temporalio/worker';
import type { WorkerConfig } from '../integrations/read-worker-config.ts';
import { createPlatformWorker } from '../platform/create-platform-worker.ts';
import type { PlatformContext } from '../platform/platform-context.ts';
import type { EquippedIntegration } from '../tasks/create-worker-tasks.ts';
import { createTemporalWorker } from './create-temporal-worker.ts';
import type { RunningActivities } from './running-activities.ts';
import type { NamedWorker } from './run-workers.ts';

/** Creates the Temporal Worker of each integration, and that of the platform where this process runs it. */
export async function createWorkers({
  config,
  connection,
  temporaryFiles,
  integrations,
  platform,
  running,
}: {
  config: WorkerConfig['config'];
  connection: NativeConnection;
  temporaryFiles: TemporaryFiles;
  integrations: readonly EquippedIntegration[];
  platform: PlatformContext;
  running: RunningActivities;
}): Promise<NamedWorker[]> {
  const workers: NamedWorker[] = [];
  for (const { definition, taskQueue, side, context } of integrations) {
    const worker = await createTemporalWorker({
      connection,
      namespace: config.temporal.namespace,
      name: definition.name,
      taskQueue,
      activities: side.createActivities(context),
      workflowsPath: side.workflowsPath,
      temporaryFiles,
      running,
    });
    workers.push({ name: definition.name, taskQueue, worker });
  }
  if (config.worker.runsPlatform)
    workers.push(await createPlatformWorker({ config, connection, temporaryFiles, running, context: platform }));
  return workers;
}

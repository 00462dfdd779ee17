import { availableParallelism } from 'node:os';
import {
  createLateAnswers,
  createLimiter,
  createLinks,
  createStorageHealth,
  type LocalSpool,
  openLocalSpool,
  sweepLocalSpool,
  sweepMainSpool,
} from '@darkroom/integration-sdk/worker';
import type { TemporaryFiles } from '@darkroom/platform-files';
import {
  createGuardedClient,
  createQueryClient,
  type GuardedClient,
  type QueryClient,
  reachableBaseUrl,
  serveHealth,
} from '@darkroom/platform-http';
import type { Logger } from '@darkroom/platform-logging';
import { createObjectStore, type ObjectStore } from '@darkroom/platform-object-store';
import { checkReadiness } from './health/check-readiness.ts';
import { createMetrics } from './health/create-metrics.ts';
import { createContext, type SharedContext } from './integrations/create-context.ts';
import { loadWorkerSide, type WorkerSide } from './integrations/load-worker-side.ts';
import type { ConfiguredIntegration, WorkerConfig } from './integrations/read-worker-config.ts';
import { drainSecondsOf } from './lifecycle/drain-seconds.ts';
import { ensureBucket } from './lifecycle/ensure-bucket.ts';
import { sweepRegularly } from './lifecycle/sweep-regularly.ts';
import { createMainClient } from './main-api/create-main-client.ts';
import { createInternalApi, type InternalApi } from './main-api/internal-api.ts';
import { createGuardedHttp } from './outbound/guarded-http.ts';
import { createProviderHttp } from './outbound/provider-http.ts';
import { createPollBudgets } from './polling/poll-budgets.ts';
import { createWorkerTasks } from './tasks/create-worker-tasks.ts';
import { createWorkers } from './temporal/create-workers.ts';
import { refuseSharedQueues } from './temporal/refuse-shared-queues.ts';
import { createRunningActivities, type RunningActivities } from './temporal/running-activities.ts';
import { type RunningWorkers, runWorkers } from './temporal/run-workers.ts';
import { waitForTemporal } from './temporal/wait-for-temporal.ts';

// Of up to 256 MB each.
const largeFilesAtOnce = 4;

/** A worker process at work. */
export interface WorkerProcess {
  /** Settles when it has ended: rejected when something failed that waiting does not mend. */
  ended: Promise<void>;
  running: RunningActivities;
}

/** Wires the worker and lets it run until `stopping` is aborted and what was paid for is finished. */
export async function startWorker({
  config,
  integrations,
  sharesTaskQueue,
  temporaryFiles,
  logger,
  stopping,
}: Omit<WorkerConfig, 'secrets'> & {
  temporaryFiles: TemporaryFiles;
  logger: Logger;
  stopping: AbortController;
}): Promise<WorkerProcess> {
  const sides = await loadSides(integrations);
  const definitions = sides.map(({ definition }) => definition);
  const { signal } = stopping;

  const objectStore = createObjectStore(config.s3);
  const guardedClient = createGuardedClient({ allowOrigins: config.outbound.allowOrigins });
  const queryClient = createQueryClient();
  const internalApi = createInternalApi(config.mainApi);
  const shared = await createSharedContext({
    config,
    logger,
    signal,
    internalApi,
    objectStore,
    guardedClient,
    queryClient,
  });
  const polls = createPollBudgets(config.worker.pollsPerSecond);
  const running = createRunningActivities();
  const metrics = createMetrics({ running, polls });
  const equipped = sides.map((integration) => ({
    ...integration,
    context: createContext(shared, integration, { polls, metrics }),
  }));
  const tasks = createWorkerTasks({ config, integrations: equipped, sharesTaskQueue, temporaryFiles, running });
  const platform = { packageName: 'the platform', taskQueue: config.platformQueue.taskQueue };
  refuseSharedQueues([...integrations, platform], tasks.list);
  let workers: RunningWorkers | undefined;

  const health = await serveHealth({
    host: config.worker.host,
    port: config.worker.port,
    readiness: () =>
      checkReadiness({
        workers: () => workers,
        tasks,
        storageHealth: shared.storageHealth,
        main: shared.main,
        stopping: signal,
      }),
    metrics: metrics.registry,
  });

  const runUntilStopped = async (): Promise<void> => {
    const connection = await waitForTemporal({ address: config.temporal.address, logger, stopping: signal });
    if (!connection) return;
    const platform = { internalApi, guardedClient, email: config.email, logger, stopping: signal };
    const created = await createWorkers({
      config,
      connection,
      temporaryFiles,
      integrations: equipped,
      platform,
      running,
    });
    workers = runWorkers({
      workers: created,
      connection,
      namespace: config.temporal.namespace,
      drainSeconds: () => config.worker.drainSeconds ?? drainSecondsOf(definitions, running.list()),
    });
    signal.addEventListener('abort', workers.stop, { once: true });
    if (signal.aborted) workers.stop();
    logger.info(
      {
        workers: created.map(({ name, taskQueue }) => `${name} on ${taskQueue}`),
        asyncTasks: tasks.list.map((task) => `${task.getName()} on ${task.taskQueue}`),
      },
      'taking tasks',
    );
    await untilAllEnd(stopping, [workers.ended, tasks.run(connection, signal)]);
    // After a failure the process ends with its Workers, and they may still hold the connection.
    await connection.close();
  };

  const sweep = async () => {
    await sweepLocalSpool(shared);
    await sweepMainSpool(shared);
  };
  const ended = untilAllEnd(stopping, [
    runUntilStopped(),
    ensureBucket({ objectStore, logger, stopping: signal }),
    sweepRegularly(sweep, signal),
  ]).finally(async () => {
    await health.close();
    await guardedClient.close();
    await queryClient.close();
    objectStore.close();
  });
  return { ended, running };
}

interface LoadedIntegration extends ConfiguredIntegration {
  side: WorkerSide;
}

async function loadSides(integrations: readonly ConfiguredIntegration[]): Promise<LoadedIntegration[]> {
  const loaded: LoadedIntegration[] = [];
  for (const integration of integrations) loaded.push({ ...integration, side: await loadWorkerSide(integration) });
  return loaded;
}

async function createSharedContext({
  config,
  logger,
  signal,
  internalApi,
  objectStore,
  guardedClient,
  queryClient,
}: {
  config: WorkerConfig['config'];
  logger: Logger;
  signal: AbortSignal;
  internalApi: InternalApi;
  objectStore: ObjectStore;
  guardedClient: GuardedClient;
  queryClient: QueryClient;
}): Promise<SharedContext & { localSpool: LocalSpool }> {
  const now = () => new Date();
  return {
    main: createMainClient(internalApi),
    objectStore,
    objectKeyPrefix: config.s3.objectKeyPrefix,
    storageHealth: createStorageHealth({ objectStore, now }),
    providerHttp: createProviderHttp(queryClient),
    guardedHttp: createGuardedHttp(guardedClient),
    localSpool: await openLocalSpool(config.worker.resultsDirectory),
    lateAnswers: createLateAnswers(),
    links: createLinks({ baseUrl: baseUrlForProviders(config), secret: config.callbacks.secret }),
    heavyWork: createLimiter(availableParallelism()),
    largeFiles: createLimiter(largeFilesAtOnce),
    absenceWindowSeconds: config.worker.absenceProofSeconds,
    lapseSeconds: config.worker.lapseSeconds,
    logger,
    now,
    stopping: signal,
  };
}

function baseUrlForProviders({ public: { baseUrl }, runtime, outbound }: WorkerConfig['config']): string | undefined {
  return reachableBaseUrl({
    publicBaseUrl: baseUrl,
    simulated: runtime.mockExternalApis,
    allowOrigins: outbound.allowOrigins,
  });
}

/** Waits for all; the first that fails stops the others. */
async function untilAllEnd(stopping: AbortController, parts: readonly Promise<void>[]): Promise<void> {
  const settled = await Promise.allSettled(
    parts.map((part) =>
      part.catch((error: unknown) => {
        stopping.abort();
        throw error;
      }),
    ),
  );
  for (const part of settled) if (part.status === 'rejected') throw part.reason;
}

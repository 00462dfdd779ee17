import { availableParallelism } from 'node:os';
import { join } from 'node:path';
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
import type { NativeConnection } from '@temporalio/worker';
import { checkReadiness } from './health/check-readiness.ts';
import { createMetrics, type Metrics } from './health/create-metrics.ts';
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
import { createPlatformWorker } from './platform/create-platform-worker.ts';
import { createPollBudgets, type PollBudgets } from './polling/poll-budgets.ts';
import { createTemporalWorker } from './temporal/create-temporal-worker.ts';
import { refuseSharedQueues } from './temporal/refuse-shared-queues.ts';
import { createRunningActivities, type RunningActivities } from './temporal/running-activities.ts';
import { type IntegrationWorker, type RunningWorkers, runWorkers } from './temporal/run-workers.ts';
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
  logger,
  stopping,
}: Omit<WorkerConfig, 'secrets'> & { logger: Logger; stopping: AbortController }): Promise<WorkerProcess> {
  refuseSharedQueues([...integrations, { packageName: 'the platform', taskQueue: config.platformQueue.taskQueue }]);
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
  let workers: RunningWorkers | undefined;

  const health = await serveHealth({
    host: config.worker.host,
    port: config.worker.port,
    readiness: () =>
      checkReadiness({
        workers: () => workers,
        storageHealth: shared.storageHealth,
        main: shared.main,
        stopping: signal,
      }),
    metrics: metrics.registry,
  });

  const runUntilStopped = async (): Promise<void> => {
    const connection = await waitForTemporal({ address: config.temporal.address, logger, stopping: signal });
    if (!connection) return;
    const created = await createWorkers({ config, connection, sides, shared, internalApi, running, polls, metrics });
    workers = runWorkers({
      workers: created,
      connection,
      namespace: config.temporal.namespace,
      drainSeconds: () => config.worker.drainSeconds ?? drainSecondsOf(definitions, running.list()),
    });
    signal.addEventListener('abort', workers.stop, { once: true });
    if (signal.aborted) workers.stop();
    logger.info(
      { integrations: created.map(({ integration, taskQueue }) => `${integration} on ${taskQueue}`) },
      'taking tasks',
    );
    await workers.ended;
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

async function createWorkers({
  config,
  connection,
  sides,
  shared,
  internalApi,
  running,
  polls,
  metrics,
}: {
  config: WorkerConfig['config'];
  connection: NativeConnection;
  sides: readonly LoadedIntegration[];
  shared: SharedContext;
  internalApi: InternalApi;
  running: RunningActivities;
  polls: PollBudgets;
  metrics: Metrics;
}): Promise<IntegrationWorker[]> {
  const workers: IntegrationWorker[] = [];
  for (const integration of sides) {
    const { definition, taskQueue, side } = integration;
    const worker = await createTemporalWorker({
      connection,
      namespace: config.temporal.namespace,
      integration: definition.name,
      taskQueue,
      activities: side.createActivities(createContext(shared, integration, { polls, metrics })),
      workflowsPath: side.workflowsPath,
      bundleDirectory: join(config.worker.temporaryDirectory, 'workflow-bundles'),
      running,
    });
    workers.push({ integration: definition.name, taskQueue, worker });
  }
  if (config.worker.runsPlatform) {
    const { logger, stopping } = shared;
    const context = { internalApi, logger, stopping };
    workers.push(await createPlatformWorker({ config, connection, running, context }));
  }
  return workers;
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

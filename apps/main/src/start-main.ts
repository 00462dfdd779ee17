import type { Logger } from '@darkroom/platform-logging';
import { createObjectStore } from '@darkroom/platform-object-store';
import { connectClient } from '@darkroom/platform-temporal';
import { createApiKeyRing } from './access/api-key-ring.ts';
import { requiresApiKey } from './access/access-faults.ts';
import { defaultAccountId } from './access/find-caller.ts';
import { createKeyFingerprints } from './access/key-fingerprints.ts';
import { saveAccounts } from './access/save-accounts.ts';
import { buildApp } from './app.ts';
import { createBatchNews } from './batches/batch-news.ts';
import { startBatchStarter } from './batches/batch-starter.ts';
import { createBaseUrl } from './base-url.ts';
import { startCanceller } from './cancel/canceller.ts';
import { startCallbackForwarder } from './callbacks/callback-forwarder.ts';
import type { CallbackReceivers } from './callbacks/callback-receivers.ts';
import type { Config } from './config.ts';
import { openDatabase } from './database/open-database.ts';
import { startDispatcher } from './dispatch/dispatcher.ts';
import { startableOperations } from './dispatch/startable-operations.ts';
import { createClosedWorkflows } from './engine/closed-workflows.ts';
import { createEngineWatch } from './engine/engine-watch.ts';
import { createPlatformWorkflows } from './engine/platform-workflows.ts';
import { createTemporalEngine } from './engine/temporal-engine.ts';
import { createEventBus } from './events/event-bus.ts';
import { startEventNews } from './events/event-news.ts';
import { publishNewsToRedis } from './events/redis-news.ts';
import type { CollectedIntegrations } from './integrations/collect-integrations.ts';
import { createIntegrationCatalog } from './integrations/integration-catalog.ts';
import { createInternalApp } from './internal/internal-app.ts';
import { listen } from './listen.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import { createRequestCatalog } from './requests/request-catalog.ts';
import { createThumbnailLinks } from './notifications/thumbnail-links.ts';
import { startNotifications } from './notifications/start-notifications.ts';
import { createWebhookKeys } from './notifications/webhook-keys.ts';
import { builtPageDirectory } from './page/page-settings.ts';
import { hasPage } from './page/serve-page.ts';
import { workflowsUrl } from './page/workflows-url.ts';
import { startReconciler } from './reconcile/reconciler.ts';
import { createRemovers } from './retention/create-removers.ts';
import { historyQueues } from './retention/history-queues.ts';
import { createRetention } from './retention/retention.ts';
import { retentionDaysOf } from './retention/retention-settings.ts';
import { startRetentionSchedule } from './retention/start-retention-schedule.ts';
import { createSessions } from './sessions/sessions.ts';
import { connectTasks } from './tasks/declared-tasks.ts';
import { createStreamTokenSigner } from './tokens/sign-stream-token.ts';

export interface RunningMain {
  url: string;
  internalUrl: string;
  /** Takes no more requests, lets what is under way end, and closes every connection. */
  stop(): Promise<void>;
}

interface StartOptions {
  config: Config;
  integrations: CollectedIntegrations;
  callbackReceivers: CallbackReceivers;
  logger: Logger;
}

/** Wires `main` together and starts it. */
export async function startMain(options: StartOptions): Promise<RunningMain> {
  const { config, logger, callbackReceivers } = options;
  const { definitions, enabled } = options.integrations;
  const catalog = createIntegrationCatalog({ definitions, enabled, overrules: config.calls.limitsOverrules });
  const requestCatalog = createRequestCatalog({
    catalog,
    providers: { image: config.requests.imageProvider, video: config.requests.videoProvider },
    simulated: config.runtime.mockExternalApis,
  });
  const operations = startableOperations(enabled, config.taskQueue.override);
  const tasks = await connectTasks({ definitions, enabled, temporal: config.temporal });
  const { pool, database } = await openDatabase({ ...config.postgres, logger });
  await saveAccounts(database, [defaultAccountId, ...config.access.apiKeys.map(({ accountId }) => accountId)]);

  const objectStore = createObjectStore(config.s3);
  const temporal = connectClient({ ...config.temporal, identity: `main/${process.pid}` });
  const engine = createTemporalEngine(temporal.client);
  const engineWatch = createEngineWatch({ engine, logger });
  const metrics = createMetrics({ database, logger });
  metrics.watchEngine(engineWatch);

  const eventBus = createEventBus();
  const eventNews = startEventNews({
    eventBus,
    pool,
    directUrl: config.postgres.directUrl ?? config.postgres.url,
    logger,
  });
  const { url: redisUrl } = config.redis;
  const redisNews = redisUrl === undefined ? undefined : publishNewsToRedis({ url: redisUrl, eventBus, logger });
  const changing = { database, eventBus, metrics: metrics.calls, logger };
  const { storageRetrySeconds } = config.calls;
  const dispatcher = startDispatcher({ ...changing, engine, engineWatch, operations, storageRetrySeconds });
  const reconciler = startReconciler({
    ...changing,
    engine,
    engineWatch,
    storageRetrySeconds,
    dispatch: () => dispatcher.wake(),
  });
  const canceller = startCanceller({ ...changing, catalog, engine, engineWatch });
  const callbackForwarder = startCallbackForwarder({ database, engine, engineWatch, logger });
  const platformWorkflows = createPlatformWorkflows(temporal.client, config.platformQueue.taskQueue);
  const batchStarter = startBatchStarter({ database, platformWorkflows, engineWatch, logger });
  const batchNews = createBatchNews(eventBus, pool);
  const wakeDispatcher = () => dispatcher.wake();
  const wakeCanceller = () => canceller.wake();
  const notifications = startNotifications({
    database,
    eventBus,
    workflows: platformWorkflows,
    engineWatch,
    logger,
  });
  const webhookKeys = createWebhookKeys(config.notifications.webhookSecret ?? config.callbacks.secret);

  const sessions = createSessions({
    pool,
    keyFingerprints: createKeyFingerprints(config.access.apiKeys, config.tokens.secret),
    seconds: config.push.sessionSeconds,
  });

  const pageDirectory = config.page.directory ?? builtPageDirectory;
  const app = await buildApp({
    publicBaseUrl: config.server.publicBaseUrl,
    access: {
      accountOfKey: createApiKeyRing(config.access.apiKeys),
      requiresKey: requiresApiKey({
        ...config.access,
        host: config.server.host,
        inProduction: config.runtime.environment === 'production',
      }),
    },
    sessions,
    sessionSeconds: config.push.sessionSeconds,
    signStreamToken: createStreamTokenSigner(config.tokens.secret, config.push.tokenSeconds),
    streamUrl: config.push.streamUrl,
    pageDirectory,
    workflowsUrl: workflowsUrl(config.page.temporalUiUrl, config.temporal.namespace),
    catalog,
    requestCatalog,
    tasks,
    allowOrigins: config.outbound.allowOrigins,
    sendsEmail: config.email.smtpUrl !== undefined,
    webhookKeys,
    noteSubscription: notifications.noteSubscription,
    wakeDeliveries: notifications.wake,
    simulated: config.runtime.mockExternalApis,
    pool,
    database,
    objectStore,
    objectKeyPrefix: config.s3.objectKeyPrefix,
    maxUploadBytes: config.uploads.maxBytes,
    maxEventLoopDelayMs: 2_000,
    callbackSecret: config.callbacks.secret,
    callbackReceivers: callbackReceivers.byIntegration,
    eventBus,
    metrics: metrics.calls,
    engine,
    batchNews,
    wakeBatchStarter: () => batchStarter.wake(),
    wakeDispatcher,
    wakeCanceller,
    noteRead: (call) => reconciler.noteRead(call),
    readinessChecks: {
      postgres: () => pool.query('select 1'),
      temporal: () => engineWatch.ask(),
      storage: () => objectStore.head(`${config.s3.objectKeyPrefix}/.probe`),
      ...(redisNews !== undefined && { redis: redisNews.check }),
    },
    logger,
  });
  const { taskQueue } = config.platformQueue;
  const days = retentionDaysOf(config.retention);
  const retentionSchedule = startRetentionSchedule({ client: temporal.client, engineWatch, taskQueue, days, logger });
  const queues = historyQueues({ operations, tasks, asyncTasks: config.taskQueue.asyncTasks, platform: taskQueue });
  const retention = createRetention({
    days,
    removers: createRemovers({
      database,
      objectStore,
      closedWorkflows: createClosedWorkflows(temporal.client, queues),
    }),
    metrics: metrics.retention,
    logger,
  });
  const baseUrl = createBaseUrl(app, config.server.publicBaseUrl);
  const internalApp = createInternalApp({
    database,
    eventBus,
    logger,
    metrics,
    retention,
    token: config.internalServer.token,
    batches: { catalog, batchNews, wakeDispatcher, wakeCanceller },
    streaming: { pool, eventBus, sessions, baseUrl },
    delivering: {
      baseUrl,
      webhookKeys,
      hasPage: hasPage(pageDirectory),
      thumbnailUrl: createThumbnailLinks(config),
      schedule: config.notifications,
    },
  });

  const internalUrl = await listen(internalApp, {
    ...config.internalServer,
    hostVariable: 'INTERNAL_HOST',
    portVariable: 'INTERNAL_PORT',
  });
  const url = await listen(app, { ...config.server, hostVariable: 'HOST', portVariable: 'PORT' });
  return {
    url,
    internalUrl,
    // Workers may report until the end: the internal API closes after what makes new work.
    async stop() {
      await app.close();
      const telling = [canceller, callbackForwarder, notifications];
      const makingWork = [dispatcher, reconciler, batchStarter, retentionSchedule];
      await Promise.all([...telling, ...makingWork].map((part) => part.stop()));
      await internalApp.close();
      redisNews?.stop();
      await eventNews.stop();
      await tasks.stop();
      await temporal.close();
      objectStore.close();
      await database.destroy();
    },
  };
}

import { createLogger } from '@darkroom/platform-logging';
import { createDatabase, createPool } from '@darkroom/platform-postgres';
import { Registry } from 'prom-client';
import { buildApp } from '../app.ts';
import { createBatchNews } from '../batches/batch-news.ts';
import type { Database } from '../database/schema.ts';
import { createEventBus } from '../events/event-bus.ts';
import { createIntegrationCatalog } from '../integrations/integration-catalog.ts';
import { createCallMetrics } from '../metrics/call-metrics.ts';
import { createWebhookKeys } from '../notifications/webhook-keys.ts';
import { createRequestCatalog } from '../requests/request-catalog.ts';
import { connectTasks } from '../tasks/declared-tasks.ts';

const nowhere = '127.0.0.1:1';

/** What `GET /openapi.json` answers, for tools that generate code of it: made without a server, a setting or anything behind the routes. */
export async function makeOpenApiDocument(): Promise<unknown> {
  const connectionString = `postgres://${nowhere}/none`;
  const pool = createPool({ connectionString, max: 1, applicationName: 'openapi', onConnectionLost: ignored });
  const database = createDatabase<Database>(pool);
  const eventBus = createEventBus();
  const tasks = await connectTasks({ definitions: [], enabled: [], temporal: { address: nowhere, namespace: 'none' } });
  const catalog = createIntegrationCatalog({ definitions: [], enabled: [], overrules: {} });
  const providers = { image: undefined, video: undefined };
  const app = await buildApp({
    publicBaseUrl: undefined,
    pageDirectory: undefined,
    workflowsUrl: undefined,
    access: { accountOfKey: () => undefined, requiresKey: true },
    sessions: { create: absent, find: absent, end: absent, endedAmong: absent },
    sessionSeconds: 0,
    signStreamToken: absent,
    streamUrl: 'http://127.0.0.1:1/v1/stream',
    catalog,
    requestCatalog: createRequestCatalog({ catalog, providers, simulated: true }),
    tasks,
    allowOrigins: [],
    simulated: true,
    pool,
    database,
    objectStore: {
      presignDownload: absent,
      putIfAbsent: absent,
      put: absent,
      delete: absent,
      stream: absent,
      get: absent,
      head: absent,
    },
    objectKeyPrefix: 'none',
    maxUploadBytes: 0,
    maxEventLoopDelayMs: 0,
    callbackSecret: 'nobody comes here with a callback',
    callbackReceivers: new Map(),
    eventBus,
    metrics: createCallMetrics(new Registry()),
    engine: { signal: absent },
    wakeDispatcher: ignored,
    batchNews: createBatchNews(eventBus, pool),
    wakeBatchStarter: ignored,
    sendsEmail: true,
    webhookKeys: createWebhookKeys('nobody is sent a webhook from here'),
    noteSubscription: ignored,
    wakeDeliveries: ignored,
    wakeCanceller: ignored,
    noteRead: ignored,
    readinessChecks: {},
    logger: createLogger({ service: 'main', level: 'silent', json: true }),
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  await tasks.stop();
  await database.destroy();
  return document;
}

const ignored = () => undefined;
const absent = () => Promise.reject(new Error('This application is for its description only.'));

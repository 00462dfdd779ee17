import underPressure from '@fastify/under-pressure';
import type { Logger } from '@darkroom/platform-logging';
import type { ObjectStore } from '@darkroom/platform-object-store';
import type { Pool } from '@darkroom/platform-postgres';
import fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { requireAccount } from './access/access.plugin.ts';
import type { AccessPolicy } from './access/find-caller.ts';
import { createOwnOrigin } from './access/own-origin.ts';
import { createSessionCookie } from './access/session-cookie.ts';
import type { ApiInstance } from './api-instance.ts';
import { downloadArtifactRoute } from './artifacts/download-artifact.route.ts';
import { getArtifactRoute } from './artifacts/get-artifact.route.ts';
import { getArchiveRoute } from './archive/get-archive.route.ts';
import { getArtifactContentRoute } from './artifacts/get-content.route.ts';
import { getThumbnailRoute } from './artifacts/get-thumbnail.route.ts';
import { createBaseUrl } from './base-url.ts';
import { batchRoutes } from './batches/batch-routes.ts';
import type { BatchNews } from './batches/batch-news.ts';
import type { CallbackReceivers } from './callbacks/callback-receivers.ts';
import { callbackRoutes } from './callbacks/callback-routes.plugin.ts';
import { createRecentCallbacks } from './callbacks/recent-callbacks.ts';
import type { CallVersion } from './calls/find-call.queries.ts';
import { getCallRoute } from './calls/get-call.route.ts';
import { listCallsRoute } from './calls/list-calls.route.ts';
import { createRefreshCall } from './calls/refresh-call.ts';
import { refreshCallRoute } from './calls/refresh-call.route.ts';
import { retryCallRoute } from './calls/retry-call.route.ts';
import { submitCallRoute } from './calls/submit-call.route.ts';
import { cancelCallRoute } from './cancel/cancel-call.route.ts';
import type { Database } from './database/schema.ts';
import { accountEventsRoute } from './events/account-events.route.ts';
import { callEventsRoute } from './events/call-events.route.ts';
import { createCallNews } from './events/call-news.ts';
import type { Engine } from './engine/engine.ts';
import type { EventBus } from './events/event-bus.ts';
import { healthzRoute } from './health/healthz.route.ts';
import type { ReadinessChecks } from './health/readiness-check.ts';
import { readyzRoute } from './health/readyz.route.ts';
import { getIntegrationRoute } from './integrations/get-integration.route.ts';
import type { IntegrationCatalog } from './integrations/integration-catalog.ts';
import { listIntegrationsRoute } from './integrations/list-integrations.route.ts';
import { readJsonBodies } from './json-bodies.ts';
import { createThumbnailDrawer } from './media/draw-thumbnail.ts';
import { createOpenFiles } from './media/open-files.ts';
import { sendMediaRoute } from './media/send-media.route.ts';
import { sendThumbnailRoute } from './media/send-thumbnail.route.ts';
import type { CallMetrics } from './metrics/call-metrics.ts';
import { notificationRoutes } from './notifications/notification-routes.ts';
import type { WebhookKeys } from './notifications/webhook-keys.ts';
import { webhookKeysRoute } from './notifications/webhook-keys.route.ts';
import { describeApi } from './openapi/openapi.plugin.ts';
import { type PageDependencies, servePage, showPageInstead } from './page/serve-page.ts';
import { answerProblem, answerProblems } from './problems/problems.plugin.ts';
import { createRequestSignals } from './request-signals.ts';
import type { RequestCatalog } from './requests/request-catalog.ts';
import { submitRequestRoute } from './requests/submit-request.route.ts';
import { createSessionRoute } from './sessions/create-session.route.ts';
import { endSessionRoute } from './sessions/end-session.route.ts';
import { type GetSessionDependencies, getSessionRoute } from './sessions/get-session.route.ts';
import type { Sessions } from './sessions/sessions.ts';
import { sendSecurityHeaders } from './security-headers.ts';
import type { DeclaredTasks } from './tasks/declared-tasks.ts';
import { taskRoutes } from './tasks/task-routes.ts';
import { createTokenRoute } from './tokens/create-token.route.ts';
import type { StreamTokenSigner } from './tokens/sign-stream-token.ts';
import { createUploadRoute } from './uploads/create-upload.route.ts';
import { getUploadContentRoute } from './uploads/get-upload-content.route.ts';
import { getUploadThumbnailRoute } from './uploads/get-upload-thumbnail.route.ts';
import { getUploadRoute } from './uploads/get-upload.route.ts';

export interface AppDependencies extends PageDependencies, GetSessionDependencies {
  /** Where clients reach the API; the address that it listens on where it is undefined. */
  publicBaseUrl: string | undefined;
  access: AccessPolicy;
  sessions: Sessions;
  /** How long a browser stays signed in. */
  sessionSeconds: number;
  signStreamToken: StreamTokenSigner;
  /** Where clients open the stream of `communication`. */
  streamUrl: string;
  catalog: IntegrationCatalog;
  requestCatalog: RequestCatalog;
  tasks: DeclaredTasks;
  /** Private origins that image addresses may point at. */
  allowOrigins: readonly string[];
  /** Whether new calls go to the provider simulator. */
  simulated: boolean;
  pool: Pool;
  database: Kysely<Database>;
  objectStore: Omit<ObjectStore, 'ensureBucket' | 'probe' | 'close'>;
  /** What every object key starts with. */
  objectKeyPrefix: string;
  maxUploadBytes: number;
  /** Signs the addresses that providers are given. */
  callbackSecret: string;
  callbackReceivers: CallbackReceivers['byIntegration'];
  eventBus: EventBus;
  metrics: CallMetrics;
  engine: Pick<Engine, 'signal'>;
  /** Called after a call was accepted. */
  wakeDispatcher: () => void;
  batchNews: BatchNews;
  /** Called after a batch was accepted. */
  wakeBatchStarter: () => void;
  /** Whether subscriptions to e-mail are taken. */
  sendsEmail: boolean;
  webhookKeys: WebhookKeys;
  /** Called after an account has made a subscription, before its news are told. */
  noteSubscription: (accountId: string) => void;
  /** Called after a notification was put back to be sent. */
  wakeDeliveries: () => void;
  /** Called after a cancel was requested. */
  wakeCanceller: () => void;
  /** Hears of every read of a call. */
  noteRead: (call: CallVersion) => void;
  readinessChecks: ReadinessChecks;
  /** A process that is later than this refuses until it has caught up; 0 for one that shares its time with tests. */
  maxEventLoopDelayMs: number;
  logger: Logger;
}

const maxBodyBytes = 1024 * 1024;
/** Longer than an upload may take. A client that has gone in the middle of its request would keep its connection for ever. */
const slowestRequestMilliseconds = 20 * 60_000;

/** Builds the public API. It is ready to listen, and to be closed. */
export async function buildApp(dependencies: AppDependencies): Promise<ApiInstance> {
  const { logger, access, catalog, eventBus, pool, publicBaseUrl, readinessChecks } = dependencies;
  const loggerInstance: FastifyBaseLogger = logger;
  const app: ApiInstance = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    requestTimeout: slowestRequestMilliseconds,
    frameworkErrors: (error, request, reply) => void answerProblem(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  app.removeContentTypeParser('text/plain');
  readJsonBodies(app);
  app.setValidatorCompiler(validatorCompiler);
  // Answers are typed by their schemas when they are built; checking them again would halve the status polls.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  answerProblems(app, showPageInstead);

  sendSecurityHeaders(app);
  await app.register(underPressure, { maxEventLoopDelay: dependencies.maxEventLoopDelayMs });
  await describeApi(app);

  const requestSignals = createRequestSignals(app);
  const baseUrl = createBaseUrl(app, publicBaseUrl);
  const shared = {
    ...dependencies,
    baseUrl,
    sessionCookie: createSessionCookie(baseUrl),
    isOwnOrigin: createOwnOrigin(baseUrl),
    requestSignals,
    callNews: createCallNews(eventBus, pool),
    refreshCall: createRefreshCall(dependencies),
    recentCallbacks: createRecentCallbacks(),
    openFiles: createOpenFiles(),
    drawThumbnail: createThumbnailDrawer(dependencies),
  };
  healthzRoute(app);
  readyzRoute(app, readinessChecks);
  sendMediaRoute(app, shared);
  sendThumbnailRoute(app, shared);
  webhookKeysRoute(app, shared);
  await servePage(app, shared);
  endSessionRoute(app, shared);
  await app.register((callbacks: ApiInstance, _options, done) => {
    callbackRoutes(callbacks, shared);
    done();
  });
  await app.register(
    (v1: ApiInstance, _options, done) => {
      requireAccount(v1, { ...access, ...shared });
      createSessionRoute(v1, shared);
      getSessionRoute(v1, shared);
      createTokenRoute(v1, shared);
      submitCallRoute(v1, shared);
      submitRequestRoute(v1, shared);
      getCallRoute(v1, shared);
      listCallsRoute(v1, shared);
      cancelCallRoute(v1, shared);
      retryCallRoute(v1, shared);
      refreshCallRoute(v1, shared);
      callEventsRoute(v1, shared);
      batchRoutes(v1, shared);
      getArchiveRoute(v1, shared);
      accountEventsRoute(v1, shared);
      getArtifactRoute(v1, shared);
      downloadArtifactRoute(v1, shared);
      getThumbnailRoute(v1, shared);
      getArtifactContentRoute(v1, shared);
      getUploadRoute(v1, shared);
      getUploadContentRoute(v1, shared);
      getUploadThumbnailRoute(v1, shared);
      v1.register((uploads: ApiInstance) => createUploadRoute(uploads, shared));
      listIntegrationsRoute(v1, catalog);
      getIntegrationRoute(v1, catalog);
      taskRoutes(v1, shared);
      notificationRoutes(v1, shared);
      done();
    },
    { prefix: '/v1' },
  );
  return app;
}

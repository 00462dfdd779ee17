import { isId } from '@darkroom/contract';
import { callLogger } from '@darkroom/platform-logging';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ApiInstance } from '../api-instance.ts';
import type { BatchFollowing } from '../batches/follow-batch.ts';
import type { CallChanging } from '../calls/change-call.ts';
import type { EventBus } from '../events/event-bus.ts';
import { readJsonBodies } from '../json-bodies.ts';
import type { MainMetrics } from '../metrics/create-metrics.ts';
import type { PreparingDependencies } from '../notifications/prepare-notification.ts';
import type { RecordingDependencies } from '../notifications/record-result.ts';
import { answerProblems } from '../problems/problems.plugin.ts';
import { createRequestSignals } from '../request-signals.ts';
import type { Retention } from '../retention/retention.ts';
import { defaultSpoolLimits, type SpoolLimits } from '../spool/put-in-spool.ts';
import { closeUnusedConnections } from '../unused-connections.ts';
import { advanceBatchRoute } from './advance-batch.route.ts';
import { claimSubmissionRoute } from './claim-submission.route.ts';
import { claimedExternalIdsRoute } from './claimed-external-ids.route.ts';
import { findArtifactRoute } from './find-artifact.route.ts';
import { getCallRoute } from './get-call.route.ts';
import { getSpoolRoute } from './get-spool.route.ts';
import { listSpoolRoute } from './list-spool.route.ts';
import { metricsRoute } from './metrics.route.ts';
import { newsRoute } from './news.route.ts';
import { prepareNotificationRoute } from './prepare-notification.route.ts';
import { putSpoolRoute } from './put-spool.route.ts';
import { type ReadHeadsDependencies, readHeadsRoute } from './read-heads.route.ts';
import { type ReadLogDependencies, readLogRoute } from './read-log.route.ts';
import { recordResultRoute } from './record-result.route.ts';
import { removeSpoolRoute } from './remove-spool.route.ts';
import { retentionRoute } from './retention.route.ts';
import { reportRoute } from './report.route.ts';
import { requireInternalToken } from './require-internal-token.ts';

export interface InternalAppDependencies extends Omit<CallChanging, 'metrics'> {
  /** What batches are advanced with. */
  batches: Omit<BatchFollowing, keyof CallChanging>;
  /** What workers send as `Authorization: Bearer …`. `/metrics` needs none: the port is bound to loopback by default. */
  token: string;
  metrics: MainMetrics;
  /** How deliveries are signed, presented and tried again. */
  delivering: Omit<PreparingDependencies, 'database'> & Pick<RecordingDependencies, 'schedule'>;
  /** What `communication` reads the log with, and learns of ended sessions by. */
  streaming: ReadLogDependencies & ReadHeadsDependencies & { eventBus: Pick<EventBus, 'onNews'> };
  retention: Retention;
  spoolLimits?: SpoolLimits;
}

interface CallParameters {
  Params: { id?: string };
}

const jsonBodyBytes = 128 * 1024;
const slowestRequestMilliseconds = 120_000;

/** The API for workers, for `communication` and for monitoring, on its own port. */
export function createInternalApp({
  token,
  metrics,
  batches,
  delivering,
  streaming,
  retention,
  spoolLimits = defaultSpoolLimits,
  ...rest
}: InternalAppDependencies): ApiInstance {
  const changing: CallChanging = { ...rest, metrics: metrics.calls };
  const loggerInstance: FastifyBaseLogger = rest.logger;
  const app: ApiInstance = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: jsonBodyBytes,
    requestTimeout: slowestRequestMilliseconds,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblems(app);
  readJsonBodies(app);
  closeUnusedConnections(app);
  const requestSignals = createRequestSignals(app);

  metricsRoute(app, metrics.registry);
  app.register(
    async (internal: ApiInstance) => {
      internal.addHook('onRequest', requireInternalToken(token));
      internal.addHook<CallParameters>('onRequest', async (request) => {
        const { id } = request.params;
        if (id === undefined || isId('art', id)) return;
        request.log = isId('bat', id)
          ? rest.logger.child({ batch_id: id, workflow_id: id })
          : callLogger(rest.logger, { callId: id, workflowId: id });
      });
      claimSubmissionRoute(internal, { ...changing, spoolTotalBytes: spoolLimits.totalBytes });
      reportRoute(internal, changing);
      advanceBatchRoute(internal, { ...changing, ...batches, requestSignals });
      getCallRoute(internal, rest.database);
      findArtifactRoute(internal, streaming.pool);
      claimedExternalIdsRoute(internal, rest.database);
      putSpoolRoute(internal, { database: rest.database, limits: spoolLimits });
      getSpoolRoute(internal, rest.database);
      removeSpoolRoute(internal, rest.database);
      listSpoolRoute(internal, rest.database);
      prepareNotificationRoute(internal, { ...rest, ...delivering });
      recordResultRoute(internal, { ...rest, ...delivering, metrics: metrics.notifications });
      retentionRoute(internal, retention);
      readLogRoute(internal, streaming);
      readHeadsRoute(internal, streaming);
      newsRoute(internal, { eventBus: streaming.eventBus, requestSignals });
    },
    { prefix: '/internal' },
  );
  return app;
}

import { explainListening } from '@darkroom/platform-config';
import { type DependencyState, type HealthServer, serveHealth } from '@darkroom/platform-http';
import type { Logger } from '@darkroom/platform-logging';
import { createOriginPolicy } from './access/foreign-request.ts';
import { createStreamTokenVerifier } from './access/stream-tokens.ts';
import type { Config } from './config.ts';
import { createConnections } from './connections/connections.ts';
import { endConnections } from './connections/end-connections.ts';
import { createServerSentOpening } from './connections/open-server-sent.ts';
import { createWebSocketOpening } from './connections/open-web-socket.ts';
import { defaultTimings, judgeMain, sweepConnection, visitRegularly } from './connections/sweep.ts';
import { createMetrics, type Metrics } from './health/create-metrics.ts';
import { listen } from './http/listen.ts';
import type { Refusal } from './http/problems.ts';
import { createStreamServer } from './http/stream-server.ts';
import { createDelivery } from './log/create-delivery.ts';
import { createInternalApi } from './main-api/internal-api.ts';
import { listenToMain } from './news/listen-to-main.ts';
import { listenToRedis } from './news/listen-to-redis.ts';

export interface RunningCommunication {
  url: string;
  internalUrl: string;
  /** Takes no more connections, tells the open ones to connect again, and ends. */
  stop(): Promise<void>;
}

/** Wires `communication` together and starts it. It serves at once; what is subscribed while `main` is away waits for it. */
export async function startCommunication(
  config: Config,
  logger: Logger,
  timings = defaultTimings,
): Promise<RunningCommunication> {
  const { streams } = config;
  const verifyToken = await createStreamTokenVerifier(config.tokens.secret);
  const internalApi = createInternalApi(config.mainApi);
  const metrics = createMetrics();
  const { subscriptions, sessions, followers, catchUps, comparison } = createDelivery({
    internalApi,
    metrics,
    logger,
  });
  const connections = createConnections(streams, {
    endSubscriptions: subscriptions.endAll,
    countCutOff: metrics.countCutOff,
  });
  metrics.watch({ connections, subscriptions, catchUps, followers });
  const listening = { onNews: followers.heard, onListening: comparison.now, logger };
  const { url: redisUrl } = config.redis;
  const news = redisUrl === undefined ? listenToMain(internalApi, listening) : listenToRedis(redisUrl, listening);

  let isStopping = false;
  const findReasonToRefuse = (): Refusal | undefined => {
    const refusal = isStopping ? stopping : connections.isFull ? full : undefined;
    if (refusal !== undefined) metrics.countCutOff(refusal.code);
    return refusal;
  };
  const readiness = (): Record<string, DependencyState> => ({
    main: comparison.fault === undefined ? { status: 'up' } : { status: 'down', detail: comparison.fault },
    ...news.dependencies(),
    process: isStopping ? { status: 'down', detail: 'stopping' } : { status: 'up' },
  });
  const opening = {
    ...{ verifyToken, connections, subscriptions, sessions, metrics, logger },
    maxSubscriptions: streams.maxSubscriptions,
  };
  const server = createStreamServer({
    originPolicy: createOriginPolicy({ ...streams, inProduction: config.runtime.environment === 'production' }),
    findReasonToRefuse,
    openWebSocket: createWebSocketOpening(opening),
    openServerSent: createServerSentOpening({
      ...opening,
      findReasonToRefuse,
      isMainAway: () => judgeMain(comparison.awaySince, timings) === 'away',
    }),
    readiness,
    maxConnections: streams.maxConnections,
  });
  const endSweeps = visitRegularly(connections, timings.sweep, (connection) =>
    sweepConnection(
      connection,
      { now: Date.now(), main: judgeMain(comparison.awaySince, timings), timings },
      {
        cutSlow: () => {
          logger.info({ account: connection.accountId, channel: connection.wire.channel }, 'a slow reader is cut off');
          connections.close(connection, 'too_slow');
        },
        endGone: () => {
          // One that was closed before, and did not read that, is counted already.
          if (!connection.isClosing) metrics.countCutOff('gone');
          connection.wire.terminate();
        },
        closeIdle: () => connections.close(connection, 'nothing_subscribed'),
      },
    ),
  );
  const stopAll = async () => {
    isStopping = true;
    endSweeps();
    await endConnections(server, connections);
    comparison.stop();
    await news.stop();
  };

  try {
    const url = await listen(server, {
      ...streams,
      hostVariable: 'COMMUNICATION_HOST',
      portVariable: 'COMMUNICATION_PORT',
    });
    const health = await serveInside(streams, { readiness, metrics });
    return {
      url,
      internalUrl: `http://${streams.internalHost}:${health.port}`,
      async stop() {
        await stopAll();
        await health.close();
      },
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function serveInside(
  { internalHost: host, internalPort: port }: Config['streams'],
  { readiness, metrics }: { readiness: () => Record<string, DependencyState>; metrics: Metrics },
): Promise<HealthServer> {
  const place = {
    ...{ host, port },
    hostVariable: 'COMMUNICATION_INTERNAL_HOST',
    portVariable: 'COMMUNICATION_INTERNAL_PORT',
  };
  return serveHealth({
    ...{ host, port },
    readiness: () => Promise.resolve(readiness()),
    metrics: metrics.registry,
  }).catch((error: unknown) => {
    throw explainListening(error, place);
  });
}

const stopping: Refusal = { code: 'going_away', detail: 'The server stops. Try again soon.', retryAfterSeconds: 2 };
const full: Refusal = {
  code: 'overloaded',
  detail: 'As many streams are open as this server keeps. Try again later.',
  retryAfterSeconds: 5,
};

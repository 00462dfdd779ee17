import { Redis, type RedisOptions } from 'ioredis';

const longestPauseMs = 2_000;

/** How a connection that is open and carries nothing any more is found, in milliseconds. */
export interface LivenessTimings {
  /** How often the server is asked for an answer. */
  askEvery: number;
  /** How long it may take over one, before the connection is dropped and made again. */
  answerWithin: number;
}

export const defaultLiveness: LivenessTimings = { askEvery: 10_000, answerWithin: 5_000 };

type ChosenOptions = Pick<RedisOptions, 'autoResubscribe' | 'enableOfflineQueue'>;

export interface Connecting {
  /** Called once for each time that the server is away. */
  onAway: (error: unknown) => void;
  liveness: LivenessTimings;
}

/** A connection that is made again whenever it is lost. What it was asked and has not answered by then is not asked again. */
export function connectRedis(url: string, options: ChosenOptions, { onAway, liveness }: Connecting): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(attempt * 100, longestPauseMs),
    socketTimeout: liveness.answerWithin,
    autoResendUnfulfilledCommands: false,
    ...options,
  });
  let isTold = false;
  let asking: NodeJS.Timeout | undefined;
  redis.on('error', (error) => {
    if (!isTold) onAway(error);
    isTold = true;
  });
  redis.on('ready', () => {
    isTold = false;
    clearInterval(asking);
    // Behind a network that fell silent nothing tells of the end. An answer that does not come ends the connection, with an error of its own.
    asking = setInterval(() => void redis.ping().catch(() => undefined), liveness.askEvery);
  });
  redis.on('close', () => clearInterval(asking));
  return redis;
}

import { askWhetherThere } from './ask-whether-there.ts';
import { connectRedis, defaultLiveness } from './connect-redis.ts';

export interface PublisherOptions {
  channel: string;
  /** Called once for each time that the server is away. */
  onAway: (error: unknown) => void;
}

export interface Publisher {
  /** Asks the server. Rejects where it is away, and, some seconds later, where it does not answer. */
  check(): Promise<void>;
  /** Publishes a message. While the server is away it is lost: nothing is queued. */
  publish(message: string): void;
  stop(): void;
}

export function createPublisher(
  url: string,
  { channel, onAway }: PublisherOptions,
  liveness = defaultLiveness,
): Publisher {
  const redis = connectRedis(url, { enableOfflineQueue: false }, { onAway, liveness });
  let checking: Promise<void> | undefined;
  return {
    // All who ask at once share one question.
    check: () => (checking ??= askWhetherThere(redis).finally(() => (checking = undefined))),
    publish(message) {
      // Why it cannot be published is told by the connection, once.
      if (redis.status === 'ready') redis.publish(channel, message).catch(() => undefined);
    },
    stop: () => redis.disconnect(),
  };
}

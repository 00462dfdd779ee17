import { connectRedis, defaultLiveness } from './connect-redis.ts';

export interface SubscribeOptions {
  channel: string;
  onMessage: (message: string) => void;
  /** Messages are heard from now on; what was published before may have been missed. */
  onListening: () => void;
  /** Called once for each time that the server is away. */
  onAway: (error: unknown) => void;
}

export interface RedisSubscription {
  stop(): void;
}

/** Hears the messages of a channel, and subscribes again whenever the connection was lost, or some seconds after it was refused. */
export function subscribeTo(
  url: string,
  { channel, onMessage, onListening, onAway }: SubscribeOptions,
  liveness = defaultLiveness,
): RedisSubscription {
  // It is subscribed anew below, so that it is known since when.
  const redis = connectRedis(url, { autoResubscribe: false }, { onAway, liveness });
  redis.on('message', (_channel, message) => onMessage(message));
  let isToldOfRefusal = false;
  let trying: NodeJS.Timeout | undefined;
  redis.on('ready', () => {
    redis.subscribe(channel).then(
      () => {
        isToldOfRefusal = false;
        onListening();
      },
      (error: unknown) => {
        if (!isToldOfRefusal) onAway(error);
        isToldOfRefusal = true;
        // By a new connection, since it may be this one that has not the right to it. One that was lost is made again anyway.
        if (redis.status === 'ready') trying = setTimeout(() => redis.disconnect(true), liveness.askEvery);
      },
    );
  });
  redis.on('close', () => clearTimeout(trying));
  return { stop: () => redis.disconnect() };
}

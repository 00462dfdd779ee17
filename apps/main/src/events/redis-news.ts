import { setImmediate } from 'node:timers/promises';
import { type AccountNews, newsChannel } from '@darkroom/contract';
import type { Logger } from '@darkroom/platform-logging';
import { createPublisher } from '@darkroom/platform-redis';
import type { ReadinessCheck } from '../health/readiness-check.ts';
import type { EventBus } from './event-bus.ts';

export interface RedisNewsOptions {
  url: string;
  eventBus: Pick<EventBus, 'onPublished'>;
  logger: Logger;
}

const whileAway = 'Push tells of new events up to two seconds late until it is back.';

export interface RedisNews {
  /** Asks Redis. Rejects while it is away, and some seconds later where it does not answer. */
  check: ReadinessCheck;
  stop(): void;
}

/**
 * Tells every `communication` through Redis what this process has appended: each account's newest of one turn of the event loop. What Redis loses they find
 * by comparing.
 */
export function publishNewsToRedis({ url, eventBus, logger }: RedisNewsOptions): RedisNews {
  const publisher = createPublisher(url, {
    channel: newsChannel,
    onAway: (error) =>
      logger.warn({ error }, 'Redis is away: push tells of new events up to two seconds late until it is back'),
  });
  const untold = new Map<string, number>();
  const tell = async () => {
    await setImmediate();
    for (const [accountId, lastSequence] of untold) {
      publisher.publish(JSON.stringify({ accountId, lastSequence } satisfies AccountNews));
    }
    untold.clear();
  };
  const unsubscribe = eventBus.onPublished((accountId, lastSequence) => {
    if (untold.size === 0) void tell();
    untold.set(accountId, Math.max(lastSequence, untold.get(accountId) ?? 0));
  });
  return {
    async check() {
      await publisher.check().catch((cause: unknown) => {
        throw new Error(whileAway, { cause });
      });
    },
    stop() {
      unsubscribe();
      publisher.stop();
    },
  };
}

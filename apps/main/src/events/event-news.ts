import type { Pool } from '@darkroom/platform-postgres';
import type { Logger } from '@darkroom/platform-logging';
import { openListener, type PostgresListener } from './postgres-listener.ts';
import type { EventBus } from './event-bus.ts';

export interface EventNewsOptions {
  eventBus: EventBus;
  pool: Pool;
  /** A connection string that bypasses a pooler: LISTEN needs a connection of its own. */
  directUrl: string;
  logger: Logger;
}

export interface EventNews {
  /** Tells what is still untold, and hears no more. */
  stop(): Promise<void>;
}

const channel = 'darkroom_events';
const gatherMs = 20;

/**
 * Carries news between the processes of `main`: one NOTIFY for all that happened within 20 ms, outside the transactions that
 * write, because PostgreSQL commits those that notify one after the other. Followers read the log every two seconds anyway, so
 * news that are lost cost no event.
 */
export function startEventNews({ eventBus, pool, directUrl, logger }: EventNewsOptions): EventNews {
  const untold = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let telling = Promise.resolve();

  const tell = async () => {
    timer = undefined;
    const news = [...untold].map(([accountId, lastSequence]) => `${lastSequence} ${accountId}`);
    untold.clear();
    if (news.length === 0) return;
    await pool
      .query('select pg_notify($1, news) from unnest($2::text[]) as news', [channel, news])
      .catch((error: unknown) =>
        logger.warn({ error }, 'other processes were not told of new events; they find them within two seconds'),
      );
  };

  const unsubscribe = eventBus.onPublished((accountId, lastSequence) => {
    untold.set(accountId, Math.max(lastSequence, untold.get(accountId) ?? 0));
    timer ??= setTimeout(() => {
      telling = tell();
    }, gatherMs);
  });

  const listener: PostgresListener = openListener({
    connectionString: directUrl,
    channel,
    onPayload: (payload) => {
      const [lastSequence = '', accountId = ''] = payload.split(' ');
      eventBus.heard(accountId, Number(lastSequence));
    },
    logger,
  });

  return {
    async stop() {
      unsubscribe();
      clearTimeout(timer);
      await telling;
      await tell();
      await listener.stop();
    },
  };
}

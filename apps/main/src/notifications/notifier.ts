import type { Logger } from '@darkroom/platform-logging';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { startLoop } from '../engine/start-loop.ts';
import type { EventBus } from '../events/event-bus.ts';
import { notifyAccount } from './notify-account.ts';

export interface NotifierDependencies {
  database: Kysely<Database>;
  eventBus: Pick<EventBus, 'onPublished'>;
  logger: Logger;
  /** Called after notifications were made. */
  wakeDeliveries: () => void;
  sweepMilliseconds?: number;
}

export interface Notifier {
  /** An account has a new subscription: its news wake the notifier from now on. Call it before they are told. */
  noteSubscription(accountId: string): void;
  /** Makes no more notifications and waits for those that are being made. */
  stop(): Promise<void>;
}

const defaultSweepMilliseconds = 1_000;
const accountsAtOnce = 100;

/**
 * Makes a notification of each event that somebody subscribed to. It reads the log of each account that has or had subscriptions from
 * where it left off: on news and at every sweep, so that lost news cost time and nothing else. Several may run at once.
 */
export function startNotifier(dependencies: NotifierDependencies): Notifier {
  const { database, eventBus, logger, wakeDeliveries } = dependencies;
  // News of all other accounts are no reason to look.
  const subscribed = new Set<string>();
  let stopping = false;

  const loop = startLoop({
    run: sweep,
    everyMilliseconds: dependencies.sweepMilliseconds ?? defaultSweepMilliseconds,
    onError: (error) => logger.error({ error }, 'the notifier could not see whose log has grown: it tries again'),
  });
  const unsubscribe = eventBus.onPublished((accountId) => {
    if (subscribed.has(accountId)) loop.wake();
  });

  async function sweep(): Promise<void> {
    const accounts = await findUnread(database);
    for (const accountId of accounts) {
      if (stopping) return;
      subscribed.add(accountId);
      await notify(accountId);
    }
    if (accounts.length === accountsAtOnce) loop.wake();
  }

  /** What is wrong with one account's log keeps no other account waiting. */
  async function notify(accountId: string): Promise<void> {
    try {
      const { made, more } = await notifyAccount(database, accountId);
      if (made > 0) wakeDeliveries();
      if (more) loop.wake();
    } catch (error) {
      logger.error({ error, account_id: accountId }, 'the notifier could not read or write events: it tries again');
    }
  }

  return {
    noteSubscription: (accountId) => void subscribed.add(accountId),
    async stop() {
      stopping = true;
      unsubscribe();
      await loop.stop();
    },
  };
}

/** The accounts whose log has grown since it was read, in any order, so that none has to wait behind the same others again and again. */
async function findUnread(database: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ account_id: string }>`
    select cursors.account_id
    from notification_cursors as cursors join accounts on accounts.id = cursors.account_id
    where accounts.last_sequence > cursors.sequence
    order by random() limit ${accountsAtOnce}`.execute(database);
  return rows.map(({ account_id }) => account_id);
}

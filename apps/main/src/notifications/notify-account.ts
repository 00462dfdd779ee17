import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { NotifiedEventType } from '@darkroom/contract';
import type { Database } from '../database/schema.ts';
import {
  matchSubscriptions,
  type MatchingSubscription,
  type NewNotification,
  type NotifiableEvent,
  progressKey,
  type ToldProgress,
} from './match-subscriptions.ts';

/** What became of a look into an account's log. */
export interface AccountLook {
  /** The notifications that were made. */
  made: number;
  /** Whether there may be more events to read. */
  more: boolean;
}

const eventsAtOnce = 500;

/**
 * Makes the notifications of an account's next events and moves its cursor, in one transaction: nothing is told twice and nothing left
 * out, whoever is killed in between. Another process that reads the same log right now is left alone.
 */
export function notifyAccount(database: Kysely<Database>, accountId: string): Promise<AccountLook> {
  return database.transaction().execute(async (transaction) => {
    const cursor = await transaction
      .selectFrom('notification_cursors')
      .select('sequence')
      .where('account_id', '=', accountId)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (cursor === undefined) return { made: 0, more: false };
    const events = await transaction
      .selectFrom('events')
      .select(['sequence', 'call_id', 'batch_id', 'type', 'created_at'])
      .where('account_id', '=', accountId)
      .where('sequence', '>', cursor.sequence)
      .orderBy('sequence')
      .limit(eventsAtOnce)
      .execute();
    const last = events.at(-1);
    if (last === undefined) return { made: 0, more: false };
    const notifications = await findNotifications(transaction, accountId, events);
    await insertNotifications(transaction, accountId, notifications);
    await transaction
      .updateTable('notification_cursors')
      .set({ sequence: last.sequence })
      .where('account_id', '=', accountId)
      .execute();
    return { made: notifications.length, more: events.length === eventsAtOnce };
  });
}

async function findNotifications(
  transaction: Transaction<Database>,
  accountId: string,
  events: readonly NotifiableEvent[],
): Promise<NewNotification[]> {
  const told = events.filter(({ call_id, batch_id }) => call_id !== null || batch_id !== null);
  const batchOfCall = await findBatchesOfCalls(transaction, told);
  const subscriptions = await findSubscriptions(transaction, { accountId, events: told, batchOfCall });
  if (subscriptions.length === 0) return [];
  const toldProgress = await findToldProgress(transaction, subscriptions, told);
  return matchSubscriptions({ events: told, subscriptions, batchOfCall, toldProgress });
}

async function findBatchesOfCalls(
  transaction: Transaction<Database>,
  events: readonly NotifiableEvent[],
): Promise<Map<string, string>> {
  const calls = new Set(events.flatMap(({ call_id }) => call_id ?? []));
  if (calls.size === 0) return new Map();
  const rows = await transaction
    .selectFrom('calls')
    .select(['id', 'batch_id'])
    .where('id', 'in', [...calls])
    .where('batch_id', 'is not', null)
    .execute();
  return new Map(rows.map(({ id, batch_id }) => [id, batch_id ?? '']));
}

function findSubscriptions(
  transaction: Transaction<Database>,
  {
    accountId,
    events,
    batchOfCall,
  }: { accountId: string; events: readonly NotifiableEvent[]; batchOfCall: ReadonlyMap<string, string> },
): Promise<MatchingSubscription[]> {
  const calls = [...new Set(events.flatMap(({ call_id }) => call_id ?? []))];
  const batches = [...new Set([...events.flatMap(({ batch_id }) => batch_id ?? []), ...batchOfCall.values()])];
  return transaction
    .selectFrom('subscriptions')
    .select(['id', 'call_id', 'batch_id', 'channel', 'event_types', 'after_sequence', 'until_sequence'])
    .where('account_id', '=', accountId)
    .where(
      sql<boolean>`(
        ended_at is null and (call_id = any(${calls}) or batch_id = any(${batches}) or (call_id is null and batch_id is null))
        or until_sequence >= ${events[0]?.sequence ?? 0})`,
    )
    .execute();
}

async function findToldProgress(
  transaction: Transaction<Database>,
  subscriptions: readonly MatchingSubscription[],
  events: readonly NotifiableEvent[],
): Promise<ToldProgress> {
  const calls = new Set(events.filter(({ type }) => type === 'call.progress').flatMap(({ call_id }) => call_id ?? []));
  if (calls.size === 0) return new Map();
  const rows = await transaction
    .selectFrom('notifications')
    .select(['subscription_id', 'call_id'])
    .select((column) => column.fn.max('event_created_at').as('last'))
    .where('event_type', '=', 'call.progress')
    .where(
      'subscription_id',
      'in',
      subscriptions.map(({ id }) => id),
    )
    .where('call_id', 'in', [...calls])
    .groupBy(['subscription_id', 'call_id'])
    .execute();
  return new Map(rows.map(({ subscription_id, call_id, last }) => [progressKey(subscription_id, call_id ?? ''), last]));
}

async function insertNotifications(
  transaction: Transaction<Database>,
  accountId: string,
  notifications: readonly NewNotification[],
): Promise<void> {
  if (notifications.length === 0) return;
  const rows = notifications.map(({ id, event, subscription }) => ({
    id,
    account_id: accountId,
    subscription_id: subscription.id,
    call_id: event.call_id,
    batch_id: event.batch_id,
    sequence: event.sequence,
    event_type: event.type as NotifiedEventType,
    event_created_at: event.created_at,
    channel: subscription.channel,
  }));
  await sql`
    insert into notifications (id, account_id, subscription_id, call_id, batch_id, sequence, event_type, event_created_at, channel)
    select id, account_id, subscription_id, call_id, batch_id, sequence, event_type, event_created_at, channel
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as made
      (id text, account_id text, subscription_id text, call_id text, batch_id text, sequence bigint, event_type text,
       event_created_at timestamptz, channel text)
    on conflict do nothing`.execute(transaction);
}

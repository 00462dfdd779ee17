import type { NotificationStatus } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { NotificationAttemptRow } from '../database/notification-tables.ts';
import type { Database } from '../database/schema.ts';
import type { TargetedNotification } from './present-notification.ts';

export interface NotificationFilter {
  callId?: string | undefined;
  batchId?: string | undefined;
  status?: readonly NotificationStatus[] | undefined;
}

export interface ListNotificationsOptions {
  accountId: string;
  filter: NotificationFilter;
  /** The last notification of the page before. */
  beforeId: string | undefined;
  limit: number;
}

function notificationsOf(database: Kysely<Database>, accountId: string) {
  return database
    .selectFrom('notifications')
    .innerJoin('subscriptions', 'subscriptions.id', 'notifications.subscription_id')
    .selectAll('notifications')
    .select('subscriptions.target')
    .where('notifications.account_id', '=', accountId);
}

/** An account's notifications, newest first: ids sort by the time they were made. */
export function listNotifications(
  database: Kysely<Database>,
  { accountId, filter: { callId, batchId, status }, beforeId, limit }: ListNotificationsOptions,
): Promise<TargetedNotification[]> {
  return notificationsOf(database, accountId)
    .$if(beforeId !== undefined, (query) => query.where('notifications.id', '<', beforeId ?? ''))
    .$if(callId !== undefined, (query) => query.where('notifications.call_id', '=', callId ?? ''))
    .$if(batchId !== undefined, (query) =>
      query.where((where) =>
        where.or([
          where('notifications.batch_id', '=', batchId ?? ''),
          where('subscriptions.batch_id', '=', batchId ?? ''),
        ]),
      ),
    )
    .$if(status !== undefined, (query) => query.where('notifications.status', 'in', status ?? []))
    .orderBy('notifications.id', 'desc')
    .limit(limit)
    .execute();
}

export function findNotification(
  database: Kysely<Database>,
  accountId: string,
  id: string,
): Promise<TargetedNotification | undefined> {
  return notificationsOf(database, accountId).where('notifications.id', '=', id).executeTakeFirst();
}

export function findAttempts(database: Kysely<Database>, id: string): Promise<NotificationAttemptRow[]> {
  return database
    .selectFrom('notification_attempts')
    .selectAll()
    .where('notification_id', '=', id)
    .orderBy('attempt')
    .execute();
}

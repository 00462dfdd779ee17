import { sql, type Transaction } from 'kysely';
import type { NotificationRow } from '../database/notification-tables.ts';
import type { Database } from '../database/schema.ts';
import type { NotificationEventDraft } from '../events/append-events.ts';

/**
 * Locks the subscription of a notification, so that two of its receiver's answers come one after the other, and then the notification and
 * those that end with it: all in the order of their ids, in which others lock several as well.
 */
export async function lockSubscription(transaction: Transaction<Database>, notificationId: string): Promise<void> {
  await sql`
    select from subscriptions
    where id = (select subscription_id from notifications where id = ${notificationId})
    for update`.execute(transaction);
  await sql`
    with locked as materialized (
      select id from notifications
      where subscription_id = (select subscription_id from notifications where id = ${notificationId})
        and (id = ${notificationId} or status in ('pending', 'delivering'))
      order by id for update
    )
    select count(*) from locked`.execute(transaction);
}

/** Ends a subscription that is locked, whose receiver wants no more, and its other notifications. Answers what the log has to tell of it. */
export async function endSubscription(
  transaction: Transaction<Database>,
  { id, subscription_id }: Pick<NotificationRow, 'id' | 'subscription_id'>,
  reason: string,
): Promise<NotificationEventDraft[]> {
  const subscription = await transaction
    .updateTable('subscriptions')
    .set({ ended_at: sql<Date>`clock_timestamp()`, ended_reason: 'gone' })
    .where('id', '=', subscription_id)
    .where('ended_at', 'is', null)
    .returning(['channel', 'call_id', 'batch_id'])
    .executeTakeFirst();
  if (subscription === undefined) return [];
  await sql`
    update notifications
    set status = 'ended', last_error = 'The subscription has ended.', next_attempt_at = null, look_after = null
    where subscription_id = ${subscription_id} and id <> ${id} and status in ('pending', 'delivering')`.execute(
    transaction,
  );
  const about = subscription.call_id ?? subscription.batch_id ?? 'account';
  const data = { channel: subscription.channel, about, reason };
  return [{ notificationId: id, type: 'notification.subscription_ended', data }];
}

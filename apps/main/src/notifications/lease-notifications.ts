import { sql, type Kysely } from 'kysely';
import type { NotificationRow } from '../database/notification-tables.ts';
import type { Database } from '../database/schema.ts';

export type LeasedNotification = Pick<
  NotificationRow,
  'id' | 'account_id' | 'round' | 'channel' | 'call_id' | 'batch_id'
>;

/**
 * Takes notifications whose workflow is to be started, for a while. The accounts that wait share what is taken, so that one with
 * thousands delays no other; what another process is taking is skipped.
 */
export async function leaseNotifications(
  database: Kysely<Database>,
  { limit, leaseMilliseconds }: { limit: number; leaseMilliseconds: number },
): Promise<LeasedNotification[]> {
  const { rows } = await sql<LeasedNotification>`
    with recursive waiting as (
      (select account_id from notifications where status = 'pending' order by account_id limit 1)
      union all
      select (
        select account_id from notifications
        where status = 'pending' and account_id > waiting.account_id order by account_id limit 1
      )
      from waiting where waiting.account_id is not null
    ), chosen as materialized (
      select account_id from waiting where account_id is not null order by random() limit ${limit}
    ), due as materialized (
      select turn.id
      from chosen cross join lateral (
        select id from notifications
        where status = 'pending' and account_id = chosen.account_id
          and (look_after is null or look_after < clock_timestamp())
        order by id
        limit (select greatest(1, ${limit}::integer / count(*)) from chosen)
        for update skip locked
      ) as turn
    )
    update notifications
    set look_after = clock_timestamp() + ${leaseMilliseconds} * interval '1 millisecond'
    from due
    where notifications.id = due.id
    returning notifications.id, account_id, round, channel, call_id, batch_id`.execute(database);
  return rows;
}

/** Notes that workflows were started. A delivery that is over already stays as it is. */
export async function confirmDelivering(
  database: Kysely<Database>,
  started: readonly Pick<LeasedNotification, 'id' | 'round'>[],
  lookAfterSeconds: number,
): Promise<void> {
  if (started.length === 0) return;
  await sql`
    with started as (
      select notifications.id
      from jsonb_to_recordset(${JSON.stringify(started)}::jsonb) as given (id text, round integer)
        join notifications on notifications.id = given.id and notifications.round = given.round
      where notifications.status = 'pending'
      order by notifications.id
      for update of notifications
    )
    update notifications
    set status = 'delivering', look_after = clock_timestamp() + ${lookAfterSeconds} * interval '1 second'
    from started
    where notifications.id = started.id and notifications.status = 'pending'`.execute(database);
}

/** Gives one back before its lease has run out. */
export async function releaseNotification(database: Kysely<Database>, id: string): Promise<void> {
  await database
    .updateTable('notifications')
    .set({ look_after: null })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .execute();
}

/** Takes deliveries of which nothing was heard for too long. */
export async function leaseSilent(
  database: Kysely<Database>,
  { limit, lookAfterSeconds }: { limit: number; lookAfterSeconds: number },
): Promise<Pick<NotificationRow, 'id' | 'round'>[]> {
  const { rows } = await sql<Pick<NotificationRow, 'id' | 'round'>>`
    with silent as materialized (
      select id from notifications
      where status = 'delivering' and look_after < clock_timestamp()
      order by look_after limit ${limit}
      for update skip locked
    )
    update notifications
    set look_after = clock_timestamp() + ${lookAfterSeconds} * interval '1 second'
    from silent
    where notifications.id = silent.id
    returning notifications.id, round`.execute(database);
  return rows;
}

/** Lets a delivery whose workflow is gone be started again, as a new round: the old id may not be used again. */
export async function startNextRound(
  database: Kysely<Database>,
  { id, round }: Pick<NotificationRow, 'id' | 'round'>,
): Promise<void> {
  await database
    .updateTable('notifications')
    .set({ status: 'pending', round: round + 1, look_after: null })
    .where('id', '=', id)
    .where('round', '=', round)
    .where('status', '=', 'delivering')
    .execute();
}

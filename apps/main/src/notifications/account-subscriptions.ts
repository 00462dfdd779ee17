import type { Subscriptions } from '@darkroom/contract';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { SubscriptionRow } from '../database/notification-tables.ts';
import type { Database } from '../database/schema.ts';
import type { NewSubscription } from './read-subscriptions.ts';
import { showTarget } from './show-target.ts';
import { subscriptionRows } from './subscription-rows.ts';

/** An account's own subscriptions as it sees them. */
export async function readAccountSubscriptions(database: Kysely<Database>, accountId: string): Promise<Subscriptions> {
  return present(await findOwn(database, accountId));
}

/**
 * Makes these the account's own subscriptions. Those that are asked for as they are go on; others end, and what happened until then is
 * still told to them, also where the notifier has yet to read it. A new one is told of what happens from now on.
 */
export async function replaceAccountSubscriptions(
  database: Kysely<Database>,
  accountId: string,
  wanted: readonly NewSubscription[],
): Promise<Subscriptions> {
  return database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`subscriptions ${accountId}`}, 0))`.execute(transaction);
    const earlier = await findOwn(transaction, accountId);
    const dropped = earlier.filter((row) => !wanted.some((subscription) => isSame(row, subscription)));
    const added = wanted.filter((subscription) => !earlier.some((row) => isSame(row, subscription)));
    // One number for both, so that no event falls between those that end and those that begin.
    const now = await lastSequenceOf(transaction, accountId);
    if (dropped.length > 0) await endOwn(transaction, dropped, now);
    if (added.length > 0) await addOwn(transaction, accountId, { added, now });
    return present(await findOwn(transaction, accountId));
  });
}

function findOwn(database: Kysely<Database>, accountId: string): Promise<SubscriptionRow[]> {
  return database
    .selectFrom('subscriptions')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('call_id', 'is', null)
    .where('batch_id', 'is', null)
    .where('ended_at', 'is', null)
    .execute();
}

async function lastSequenceOf(transaction: Transaction<Database>, accountId: string): Promise<number> {
  const { last_sequence } = await transaction
    .selectFrom('accounts')
    .select('last_sequence')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  return last_sequence;
}

async function endOwn(
  transaction: Transaction<Database>,
  dropped: readonly SubscriptionRow[],
  now: number,
): Promise<void> {
  const ids = dropped.map(({ id }) => id);
  await transaction
    .updateTable('subscriptions')
    .set({ ended_at: sql<Date>`clock_timestamp()`, ended_reason: 'replaced', until_sequence: now })
    .where('id', 'in', ids)
    .execute();
}

/** The account's log is read for notifications from here on, where it was not before. */
async function addOwn(
  transaction: Transaction<Database>,
  accountId: string,
  { added, now }: { added: readonly NewSubscription[]; now: number },
): Promise<void> {
  const rows = subscriptionRows(added);
  await sql`
    with following as (
      insert into notification_cursors (account_id, sequence)
      values (${accountId}, ${now})
      on conflict do nothing
    )
    insert into subscriptions (id, account_id, channel, target, event_types, after_sequence)
    select id, ${accountId}, channel, target, "eventTypes", ${now}
    from jsonb_to_recordset(${rows}::jsonb) as subscription (id text, channel text, target text, "eventTypes" text[])`.execute(
    transaction,
  );
}

function isSame(row: SubscriptionRow, { channel, target, eventTypes }: NewSubscription): boolean {
  return row.channel === channel && row.target === target && namesOf(row.event_types) === namesOf(eventTypes);
}

function namesOf(types: readonly string[] | null): string | undefined {
  return types === null ? undefined : [...types].sort().join(' ');
}

function present(rows: readonly SubscriptionRow[]): Subscriptions {
  const of = (channel: SubscriptionRow['channel']) => rows.find((row) => row.channel === channel);
  const [webhook, email, slack] = [of('webhook'), of('email'), of('slack')];
  const events = ({ event_types }: SubscriptionRow) => (event_types === null ? {} : { events: event_types });
  return {
    ...(webhook && { webhook: { url: webhook.target, ...events(webhook) } }),
    ...(email && { email: { to: email.target, ...events(email) } }),
    ...(slack && { slack: { url: showTarget('slack', slack.target), ...events(slack) } }),
  };
}

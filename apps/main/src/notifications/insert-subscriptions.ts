import { createId } from '@darkroom/contract';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { NewSubscription } from './read-subscriptions.ts';

/** A subscription with what it is to be told of. */
export type SubjectSubscription = NewSubscription & ({ callId: string } | { batchId: string });

/** Inserts subscriptions of calls and batches that the same transaction makes. Who writes their events gives the account's log its cursor. */
export async function insertSubscriptions(
  transaction: Transaction<Database>,
  accountId: string,
  subscriptions: readonly SubjectSubscription[],
): Promise<void> {
  if (subscriptions.length === 0) return;
  const rows = subscriptions.map((subscription) => ({ id: createId('sub'), ...subscription }));
  await sql`
    insert into subscriptions (id, account_id, call_id, batch_id, channel, target, event_types)
    select id, ${accountId}, "callId", "batchId", channel, target, "eventTypes"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as subscription
      (id text, "callId" text, "batchId" text, channel text, target text, "eventTypes" text[])`.execute(transaction);
}

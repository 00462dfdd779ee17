import { sql, type Transaction } from 'kysely';
import type { BatchEventType, BatchStatus, CallEventType, CallStatus, NotificationEventType } from '@darkroom/contract';
import type { Database } from '../database/schema.ts';

/** An event with everything but its number in the account. */
export type EventDraft = CallEventDraft | BatchEventDraft | NotificationEventDraft;

export interface CallEventDraft {
  callId: string;
  callSequence: number;
  type: CallEventType;
  status: CallStatus;
  externalId: string | null;
  data: unknown;
}

export interface BatchEventDraft {
  batchId: string;
  type: BatchEventType;
  status: BatchStatus;
  data: unknown;
}

export interface NotificationEventDraft {
  notificationId: string;
  type: NotificationEventType;
  data: unknown;
}

/**
 * Takes the account's next numbers and writes the events with them; answers the last number. It must be the transaction's last
 * statement, and the row that the events tell of must be locked before it: the counter row stays locked until the commit, and that makes
 * the numbers gapless and their order the order of commits.
 */
export async function appendEvents(
  transaction: Transaction<Database>,
  accountId: string,
  events: readonly EventDraft[],
): Promise<number> {
  const drafts = events.map((event, index) => ({ ...event, position: index + 1 }));
  const { rows } = await sql<{ sequence: number }>`
    with counter as (
      update accounts set last_sequence = last_sequence + ${events.length} where id = ${accountId} returning last_sequence
    )
    insert into events (account_id, sequence, call_id, call_sequence, batch_id, notification_id, type, status, external_id, data, created_at)
    select ${accountId}, counter.last_sequence - ${events.length} + draft.position, draft."callId", draft."callSequence",
           draft."batchId", draft."notificationId", draft.type, draft.status, draft."externalId", draft.data, clock_timestamp()
    from counter, jsonb_to_recordset(${JSON.stringify(drafts)}::jsonb) as draft
      (position bigint, "callId" text, "callSequence" integer, "batchId" text, "notificationId" text, type text, status text,
       "externalId" text, data jsonb)
    returning sequence`.execute(transaction);
  if (rows.length !== events.length)
    throw new Error(`The account ${accountId} has no counter: restart main, which adds its accounts at start.`);
  return Math.max(...rows.map(({ sequence }) => sequence));
}

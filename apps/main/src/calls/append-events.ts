import { sql, type Transaction } from 'kysely';
import type { CallEventType, CallStatus } from '@darkroom/contract';
import type { Database } from '../database/schema.ts';

/** An event with everything but its number in the account. */
export interface NumberedEvent {
  callSequence: number;
  type: CallEventType;
  status: CallStatus;
  externalId: string | null;
  data: unknown;
}

/**
 * Takes the account's next numbers and writes the events with them; answers the last number. It must be the transaction's last
 * statement, and the call's row must be locked before it: the counter row stays locked until the commit, and that makes
 * the numbers gapless and their order the order of commits.
 */
export async function appendEvents(
  transaction: Transaction<Database>,
  call: { id: string; account_id: string },
  events: readonly NumberedEvent[],
): Promise<number> {
  const drafts = events.map((event, index) => ({ ...event, position: index + 1 }));
  const { rows } = await sql<{ sequence: number }>`
    with counter as (
      update accounts set last_sequence = last_sequence + ${events.length} where id = ${call.account_id} returning last_sequence
    )
    insert into events (account_id, sequence, call_id, call_sequence, type, status, external_id, data, created_at)
    select ${call.account_id}, counter.last_sequence - ${events.length} + draft.position, ${call.id},
           draft."callSequence", draft.type, draft.status, draft."externalId", draft.data, clock_timestamp()
    from counter, jsonb_to_recordset(${JSON.stringify(drafts)}::jsonb) as draft
      (position bigint, "callSequence" integer, type text, status text, "externalId" text, data jsonb)
    returning sequence`.execute(transaction);
  if (rows.length !== events.length)
    throw new Error(`The account ${call.account_id} has no counter: restart main, which adds its accounts at start.`);
  return Math.max(...rows.map(({ sequence }) => sequence));
}

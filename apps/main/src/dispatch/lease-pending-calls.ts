import { sql, type Kysely } from 'kysely';
import type { CallRow, Database } from '../database/schema.ts';

export type LeasedCall = Pick<
  CallRow,
  'id' | 'account_id' | 'integration' | 'operation' | 'input' | 'limits' | 'queued_at'
>;

export interface LeaseRequest {
  /** `<integration>/<operation>` of the calls that can be started. */
  operations: readonly string[];
  limit: number;
  leaseMilliseconds: number;
  /** A start that was attempted earlier than this and never confirmed is not repeated: its workflow may have ended and been forgotten. */
  repeatWithinSeconds: number;
}

/**
 * Takes the oldest pending calls for a while, for one dispatcher, and notes that their start is being attempted. The statement
 * commits before anything is started, so no lock is held meanwhile; calls that another dispatcher is leasing are skipped.
 */
export async function leasePendingCalls(database: Kysely<Database>, request: LeaseRequest): Promise<LeasedCall[]> {
  const { rows } = await sql<LeasedCall>`
    with due as materialized (
      select id from calls
      where status = 'pending'
        and (lease_until is null or lease_until < clock_timestamp())
        and (start_attempted_at is null or start_attempted_at > clock_timestamp() - ${request.repeatWithinSeconds} * interval '1 second')
        and queued_at <= clock_timestamp()
        and queued_at > clock_timestamp() - (limits->>'maxQueueSeconds')::float8 * interval '1 second'
        and integration || '/' || operation = any(${request.operations})
      order by queued_at, id
      limit ${request.limit}
      for update skip locked
    )
    update calls
    set lease_until = clock_timestamp() + ${request.leaseMilliseconds} * interval '1 millisecond',
        start_attempted_at = coalesce(start_attempted_at, clock_timestamp())
    from due
    where calls.id = due.id
    returning calls.id, account_id, integration, operation, input, limits, queued_at`.execute(database);
  return rows;
}

/** Gives a call back before its lease has run out, so that it is started as soon as the engine answers. */
export async function releaseLease(database: Kysely<Database>, callId: string): Promise<void> {
  await database
    .updateTable('calls')
    .set({ lease_until: null })
    .where('id', '=', callId)
    .where('status', '=', 'pending')
    .execute();
}

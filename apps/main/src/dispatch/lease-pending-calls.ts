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

/** More than all dispatchers together start of one account at once: behind those, others of it are found. */
const firstOfAccount = 256;
/** Others may be leasing the first ones. */
const candidatesForEach = 8;

/**
 * Takes pending calls for a while, for one dispatcher, and notes that their start is being attempted. Accounts take turns: the
 * one with the fewest starts under way comes first, and of each account its oldest call, so that nobody waits behind all calls of somebody else. It
 * reads the first calls of each account that has any, however many more there are. The statement commits before anything is started, so no
 * lock is held meanwhile; calls that another dispatcher is leasing are skipped.
 */
export async function leasePendingCalls(database: Kysely<Database>, request: LeaseRequest): Promise<LeasedCall[]> {
  const { rows } = await sql<LeasedCall>`
    with recursive waiting as (
      (select account_id from calls where status = 'pending' order by account_id limit 1)
      union all
      select (
        select calls.account_id from calls
        where status = 'pending' and calls.account_id > waiting.account_id order by calls.account_id limit 1
      ) from waiting where waiting.account_id is not null
    ), first as materialized (
      select due.id, due.queued_at, due.is_free,
        row_number() over (partition by waiting.account_id order by due.queued_at, due.id) as turn
      from waiting cross join lateral (
        select id, queued_at, lease_until is null or lease_until < now() as is_free from calls
        where status = 'pending' and calls.account_id = waiting.account_id and queued_at <= now()
          -- As one condition of unknown outcome: the planner takes several for rare, and sorts all calls of an account.
          and case when start_attempted_at <= now() - ${request.repeatWithinSeconds} * interval '1 second' then false
            when queued_at <= now() - (limits->>'maxQueueSeconds')::float8 * interval '1 second' then false
            else integration || '/' || operation = any(${request.operations}) end
        order by queued_at, id
        limit ${firstOfAccount}
      ) as due
    ), next as materialized (
      select id, queued_at, turn from first where is_free
      order by turn, queued_at, id limit ${request.limit * candidatesForEach}
    ), due as materialized (
      select calls.id from next join calls on calls.id = next.id
      where calls.id = any(array(select id from next))
        and calls.status = 'pending' and (lease_until is null or lease_until < clock_timestamp())
      order by next.turn, next.queued_at, next.id
      limit ${request.limit}
      for update of calls skip locked
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

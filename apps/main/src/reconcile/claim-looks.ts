import { sql, type Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';

/**
 * Takes the calls that are due for a look, those looked at longest ago first, and notes the look, so that several processes
 * never look at one call at once: confirmed ones that are quiet, and pending ones whose start was attempted and cannot be repeated.
 */
export async function claimDueLooks(
  database: Kysely<Database>,
  { quietSeconds, repeatWithinSeconds, limit }: { quietSeconds: number; repeatWithinSeconds: number; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with due as materialized (
      select id from calls
      where (reconciled_at is null or reconciled_at < clock_timestamp() - ${quietSeconds} * interval '1 second')
        and (
          (status = 'processing' and started_at < clock_timestamp() - ${quietSeconds} * interval '1 second')
          or (
            status = 'pending'
            -- All that were attempted are due; calls that wait in batches are not read.
            and queued_at <= statement_timestamp()
            and (lease_until is null or lease_until < clock_timestamp())
            and start_attempted_at is not null
            and (
              start_attempted_at < clock_timestamp() - ${repeatWithinSeconds} * interval '1 second'
              or queued_at <= clock_timestamp() - (limits->>'maxQueueSeconds')::float8 * interval '1 second'
            )
          )
        )
      order by reconciled_at nulls first
      limit ${limit}
      for update skip locked
    )
    update calls set reconciled_at = clock_timestamp()
    from due
    where calls.id = due.id
    returning calls.id`.execute(database);
  return rows.map(({ id }) => id);
}

/**
 * Takes the calls for a look whose workflow should have ended by now. They do not wait behind all those that run as they should, however
 * many there are.
 */
export async function claimOverdueLooks(
  database: Kysely<Database>,
  { quietSeconds, marginSeconds, limit }: { quietSeconds: number; marginSeconds: number; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with overdue as materialized (
      select id from calls
      where status = 'processing'
        and started_at < clock_timestamp() - ${quietSeconds} * interval '1 second'
        and (reconciled_at is null or reconciled_at < clock_timestamp() - ${quietSeconds} * interval '1 second')
        and coalesce(first_claimed_at, queued_at) + interval '1 second' * (
          ${marginSeconds} + (limits->>(case when first_claimed_at is null then 'maxQueueSeconds' else 'deadlineSeconds' end))::float8
        ) < clock_timestamp()
      order by reconciled_at nulls first
      limit ${limit}
      for update skip locked
    )
    update calls set reconciled_at = clock_timestamp()
    from overdue
    where calls.id = overdue.id
    returning calls.id`.execute(database);
  return rows.map(({ id }) => id);
}

/** Takes one call for a look, unless it was looked at in the last `quietSeconds` or its start was never attempted. */
export async function claimLook(
  database: Kysely<Database>,
  { callId, quietSeconds }: { callId: string; quietSeconds: number },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update calls set reconciled_at = clock_timestamp()
    where id = ${callId}
      and (status = 'processing' or (status = 'pending' and start_attempted_at is not null))
      and (reconciled_at is null or reconciled_at < clock_timestamp() - ${quietSeconds} * interval '1 second')
    returning id`.execute(database);
  return rows.length > 0;
}

import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';

/**
 * Releases the next calls of a batch to the dispatcher, in their order; answers their places. They wait from now on, a microsecond after
 * each other, so that they are started in that order too.
 */
export async function releaseCalls(
  transaction: Transaction<Database>,
  batchId: string,
  limit: number,
): Promise<number[]> {
  if (limit <= 0) return [];
  const { rows } = await sql<{ batch_position: number }>`
    with next as materialized (
      select id, batch_position from calls
      where batch_id = ${batchId} and queued_at = 'infinity' and completed_at is null
      order by batch_position limit ${limit}
      for update
    ), ranked as (
      select id, row_number() over (order by batch_position desc) as from_last from next
    )
    update calls set queued_at = statement_timestamp() - ranked.from_last * interval '1 microsecond'
    from ranked where calls.id = ranked.id
    returning calls.batch_position`.execute(transaction);
  return rows.map(({ batch_position }) => batch_position);
}

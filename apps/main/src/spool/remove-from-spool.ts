import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { ProblemError } from '../problems/problem-error.ts';

/** Removes an answer that object storage has confirmed; one that is not there is fine, one with other bytes is kept. */
export async function removeFromSpool(
  database: Kysely<Database>,
  { callId, attempt, sha256 }: { callId: string; attempt: number; sha256: string },
): Promise<void> {
  const entry = database
    .selectFrom('spool')
    .select('sha256')
    .where('call_id', '=', callId)
    .where('attempt', '=', attempt);
  const removed = await database
    .deleteFrom('spool')
    .where('call_id', '=', callId)
    .where('attempt', '=', attempt)
    .where('sha256', '=', sha256)
    .returning('attempt')
    .executeTakeFirst();
  if (removed === undefined && (await entry.executeTakeFirst()) !== undefined) {
    throw new ProblemError(
      'spool_conflict',
      'The spool holds other bytes than those that were stored. Store these as well before you remove them.',
    );
  }
}

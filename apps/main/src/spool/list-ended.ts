import { callStatuses, isTerminal, type SpooledAnswers } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';

const most = 100;
const ended = callStatuses.filter(isTerminal);

/** The answers that wait in the spool though their call has ended, the oldest first. */
export async function listEnded(database: Kysely<Database>): Promise<SpooledAnswers> {
  const rows = await database
    .selectFrom('spool')
    .innerJoin('calls', 'calls.id', 'spool.call_id')
    .select(['spool.call_id', 'spool.attempt', 'calls.integration'])
    .where('calls.status', 'in', ended)
    .orderBy('spool.created_at')
    .limit(most)
    .execute();
  return { items: rows.map(({ call_id: callId, ...facts }) => ({ callId, ...facts })) };
}

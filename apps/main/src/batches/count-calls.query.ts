import type { CallCounts, CallStatus } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';

/** How many calls of a batch have which status. */
export async function countCalls(database: Kysely<Database>, batchId: string): Promise<CallCounts> {
  return (await countCallsOf(database, [batchId])).get(batchId) ?? noCalls;
}

/** The same of several batches, by their ids. */
export async function countCallsOf(
  database: Kysely<Database>,
  batchIds: readonly string[],
): Promise<Map<string, CallCounts>> {
  const counts = new Map<string, CallCounts>();
  if (batchIds.length === 0) return counts;
  const rows = await database
    .selectFrom('calls')
    .select(['batch_id', 'status'])
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('batch_id', 'in', batchIds)
    .groupBy(['batch_id', 'status'])
    .execute();
  for (const { batch_id, status, count } of rows) {
    const batchId = batch_id ?? '';
    counts.set(batchId, added(counts.get(batchId) ?? noCalls, status, count));
  }
  return counts;
}

export const noCalls: CallCounts = { total: 0, pending: 0, processing: 0, completed: 0, failed: 0, cancelled: 0 };

function added(counts: CallCounts, status: CallStatus, count: number): CallCounts {
  return { ...counts, total: counts.total + count, [status]: count };
}

import { sql, type Transaction } from 'kysely';
import type { BatchRow, Database } from '../database/schema.ts';

/** A batch whose row is locked until the transaction ends. It is locked before its calls. `now` is the database's clock. */
export type LockedBatch = BatchRow & { now: Date };

export function lockBatch(transaction: Transaction<Database>, batchId: string): Promise<LockedBatch | undefined> {
  return transaction
    .selectFrom('batches')
    .selectAll()
    .select(sql<Date>`clock_timestamp()`.as('now'))
    .where('id', '=', batchId)
    .forUpdate()
    .executeTakeFirst();
}

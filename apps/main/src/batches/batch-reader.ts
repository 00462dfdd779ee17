import type { Batch } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { BatchRow, Database } from '../database/schema.ts';
import { countCalls, countCallsOf, noCalls } from './count-calls.query.ts';
import { presentBatch } from './present-batch.ts';

export interface BatchReader {
  database: Kysely<Database>;
  /** Where clients reach this API; known for sure once the server listens. */
  baseUrl: () => string;
}

/** An account's batch as users see it; undefined where it has none with this id. */
export async function readBatchOf(reader: BatchReader, accountId: string, id: string): Promise<Batch | undefined> {
  const row = await reader.database
    .selectFrom('batches')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row && presentCounted(reader, row);
}

/** An account's batches, newest first, from after `beforeId` on. */
export function listBatches(
  { database }: BatchReader,
  accountId: string,
  { beforeId, limit }: { beforeId: string | undefined; limit: number },
): Promise<BatchRow[]> {
  return database
    .selectFrom('batches')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(beforeId !== undefined, (query) => query.where('id', '<', beforeId ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** One batch as users see it. */
export async function presentCounted({ database, baseUrl }: BatchReader, row: BatchRow): Promise<Batch> {
  return presentBatch(row, row.counts ?? (await countCalls(database, row.id)), baseUrl());
}

/** Those that have ended keep their counts; the calls of the others are counted, of all at once. */
export async function presentBatches({ database, baseUrl }: BatchReader, rows: readonly BatchRow[]): Promise<Batch[]> {
  const open = rows.filter(({ counts }) => counts === null).map(({ id }) => id);
  const counted = await countCallsOf(database, open);
  return rows.map((row) => presentBatch(row, row.counts ?? counted.get(row.id) ?? noCalls, baseUrl()));
}

/** What changes with everything that a batch shows. */
export function batchEtag({ status, cancelRequestedAt, calls }: Batch): string {
  const { pending, processing, completed, failed, cancelled } = calls;
  const wish = cancelRequestedAt === undefined ? '' : '-cancel';
  return `"${status}-${pending}.${processing}.${completed}.${failed}.${cancelled}${wish}"`;
}

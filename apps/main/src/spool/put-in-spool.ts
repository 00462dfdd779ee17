import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';
import { ProblemError, notFound } from '../problems/problem-error.ts';
import { spoolBytes } from './spool-bytes.ts';
import { inChunks } from './spool-chunks.ts';

export interface SpoolLimits {
  /** The longest answer that is taken. */
  entryBytes: number;
  /** From here on nothing more is taken. Answers that arrive at the same moment may exceed it together. */
  totalBytes: number;
}

export const defaultSpoolLimits: SpoolLimits = { entryBytes: 64 * 1024 ** 2, totalBytes: 4 * 1024 ** 3 };

export interface SpoolPut {
  callId: string;
  attempt: number;
  sha256: string;
  body: AsyncIterable<Uint8Array>;
}

const chunkBytes = 1024 ** 2;
const fullRetrySeconds = 30;

/**
 * Keeps the answer of a claimed attempt until object storage has it, whole or not at all, a piece at a time. Answers `exists`
 * where the same bytes are there; throws a ProblemError where they cannot be taken.
 */
export function putInSpool(
  database: Kysely<Database>,
  limits: SpoolLimits,
  put: SpoolPut,
): Promise<'stored' | 'exists'> {
  return database.transaction().execute(async (transaction) => {
    if (!(await isClaimed(transaction, put))) throw notFound();
    if (await isThere(transaction, put)) return 'exists';
    if ((await spoolBytes(transaction)) >= limits.totalBytes) {
      throw new ProblemError('spool_full', 'Keep the answer and try again later.', {
        retryAfterSeconds: fullRetrySeconds,
      });
    }
    if (!(await insertEntry(transaction, put))) {
      await isThere(transaction, put);
      return 'exists';
    }
    await writeChunks(transaction, limits, put);
    return 'stored';
  });
}

async function isClaimed(transaction: Transaction<Database>, { callId, attempt }: SpoolPut): Promise<boolean> {
  const claimed = transaction
    .selectFrom('submissions')
    .select('attempt')
    .where('call_id', '=', callId)
    .where('attempt', '=', attempt);
  return (await claimed.executeTakeFirst()) !== undefined;
}

async function isThere(transaction: Transaction<Database>, { callId, attempt, sha256 }: SpoolPut): Promise<boolean> {
  const entry = await transaction
    .selectFrom('spool')
    .select('sha256')
    .where('call_id', '=', callId)
    .where('attempt', '=', attempt)
    .executeTakeFirst();
  if (entry !== undefined && entry.sha256 !== sha256) {
    throw new ProblemError(
      'spool_conflict',
      'An attempt has one answer. Keep both and find out which worker made the second one.',
    );
  }
  return entry !== undefined;
}

/** Waits where another request is writing the same entry, and then answers false. */
async function insertEntry(
  transaction: Transaction<Database>,
  { callId, attempt, sha256 }: SpoolPut,
): Promise<boolean> {
  const inserted = await transaction
    .insertInto('spool')
    .values({ call_id: callId, attempt, sha256, bytes: 0 })
    .onConflict((conflict) => conflict.columns(['call_id', 'attempt']).doNothing())
    .returning('attempt')
    .executeTakeFirst();
  return inserted !== undefined;
}

async function writeChunks(
  transaction: Transaction<Database>,
  limits: SpoolLimits,
  { callId, attempt, sha256, body }: SpoolPut,
): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  let position = 0;
  for await (const data of inChunks(body, chunkBytes)) {
    bytes += data.length;
    if (bytes > limits.entryBytes)
      throw new ProblemError('too_large', `The spool takes answers of at most ${limits.entryBytes} bytes.`);
    hash.update(data);
    await transaction.insertInto('spool_chunks').values({ call_id: callId, attempt, position, data }).execute();
    position += 1;
  }
  if (hash.digest('hex') !== sha256) {
    throw new ProblemError(
      'malformed_request',
      'The bytes do not have the sha256 that x-content-sha256 says. Send them again.',
    );
  }
  await transaction
    .updateTable('spool')
    .set({ bytes })
    .where('call_id', '=', callId)
    .where('attempt', '=', attempt)
    .execute();
}

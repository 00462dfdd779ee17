import type { Pool } from '@darkroom/platform-postgres';
import type { EventRow } from '../database/schema.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { findRemovedThrough } from './event-log.queries.ts';

/** Whether the first event that was read after a sequence shows that none before it is missing; without one nothing is shown. */
export type BeginsWhole = (first: EventRow, after: number) => boolean;

/**
 * Throws the 410 where events were removed that a reader has not seen. The page is read before: what is removed later was in it. Whoever
 * reads on from where they were costs nothing more.
 */
export async function refuseRemoved(
  { pool, accountId, beginsWhole }: { pool: Pool; accountId: string; beginsWhole: BeginsWhole },
  after: number,
  page: readonly EventRow[],
): Promise<void> {
  const [first] = page;
  if (first !== undefined && beginsWhole(first, after)) return;
  const through = await removedThrough(pool, accountId);
  if (after >= through) return;
  const detail = `Events up to ${through} were removed after the time that this server keeps them. Read what is left with after=${through}; the state of a call or a batch is complete without them.`;
  throw new ProblemError('events_removed', detail, { firstSequence: through + 1 });
}

/** Up to which sequence an account's events were removed; 0 where all are there. */
export async function removedThrough(pool: Pool, accountId: string): Promise<number> {
  const [account] = await findRemovedThrough(pool, [accountId]);
  return account?.events_removed_through ?? 0;
}

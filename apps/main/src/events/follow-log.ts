import { isDatabaseAway } from '../database/database-errors.ts';
import type { EventRow } from '../database/schema.ts';
import { createBell } from './bell.ts';

export interface FollowOptions {
  /** The next events after a sequence, in order; fewer than `pageSize` at the end of the log. */
  readPage: (after: number) => Promise<EventRow[]>;
  pageSize: number;
  subscribe: (ring: () => void) => () => void;
  after: number;
  signal: AbortSignal;
}

const compareIntervalMs = 2_000;

/**
 * Reads the log from a sequence on, and goes on as it grows: on news and every two seconds, so that lost news costs time and
 * never an event. Yields an empty page where a look found nothing new. PostgreSQL may go away and come back.
 */
export async function* followLog({
  readPage,
  pageSize,
  subscribe,
  after,
  signal,
}: FollowOptions): AsyncGenerator<EventRow[]> {
  const bell = createBell();
  const unsubscribe = subscribe(() => bell.ring());
  let cursor = after;
  try {
    while (!signal.aborted) {
      bell.reset();
      const rows = await readPage(cursor).catch(waitForDatabase);
      cursor = rows.at(-1)?.sequence ?? cursor;
      yield rows;
      if (rows.length < pageSize) await bell.wait(compareIntervalMs, signal);
    }
  } finally {
    unsubscribe();
  }
}

function waitForDatabase(error: unknown): EventRow[] {
  if (isDatabaseAway(error)) return [];
  throw error;
}

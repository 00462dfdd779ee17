import { isDatabaseAway } from '../database/database-errors.ts';
import type { EventRow } from '../database/schema.ts';
import { createBell } from './bell.ts';

/** Whether nothing is missing before an event that was read after a sequence, and after another event where one was read before. */
export type Follows = (event: EventRow, after: number, previous: EventRow | undefined) => boolean | Promise<boolean>;

export interface FollowOptions {
  /** The page after `after`, where it was read already. */
  first: EventRow[];
  follows: Follows;
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
 * never an event. Yields an empty page where a look found nothing new. PostgreSQL may go away and come back. It ends where events
 * were removed that it has not read.
 */
export async function* followLog({
  first,
  follows,
  readPage,
  pageSize,
  subscribe,
  after,
  signal,
}: FollowOptions): AsyncGenerator<EventRow[]> {
  const bell = createBell();
  const unsubscribe = subscribe(() => bell.ring());
  let last = first.at(-1);
  try {
    if (first.length > 0) yield first;
    while (!signal.aborted) {
      bell.reset();
      const cursor = last?.sequence ?? after;
      const rows = (await readPage(cursor).catch(undefinedWhileDatabaseIsAway)) ?? [];
      const [next] = rows;
      if (next !== undefined && !(await follows(next, cursor, last))) return;
      last = rows.at(-1) ?? last;
      yield rows;
      if (rows.length < pageSize) await bell.wait(compareIntervalMs, signal);
    }
  } finally {
    unsubscribe();
  }
}

/** For readers who wait until it is back. */
export function undefinedWhileDatabaseIsAway(error: unknown): undefined {
  if (isDatabaseAway(error)) return undefined;
  throw error;
}

import type { LogPage, readLogQuerySchema } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import type { z } from 'zod';
import { preparedQuery } from '../database/prepared-query.ts';
import type { EventRow } from '../database/schema.ts';
import { presentEvent } from './present-event.ts';

interface LogReading {
  pool: Pool;
  baseUrl: () => string;
}

/** One snapshot of a log: its events, and how far it goes, so that nothing can happen in between. */
export async function readLogPage(
  { pool, baseUrl }: LogReading,
  { accountId, callId, batchId, after, limit }: z.output<typeof readLogQuerySchema>,
): Promise<LogPage> {
  const rows =
    callId !== undefined
      ? await readCallPage(pool, [accountId, after, limit, callId])
      : batchId !== undefined
        ? await readBatchPage(pool, [accountId, after, limit, batchId])
        : await readAccountPage(pool, [accountId, after, limit]);
  const [first] = rows;
  const prefix = baseUrl();
  return {
    items: rows.filter(isEvent).map((row) => presentEvent(row, prefix)),
    head: first?.head ?? 0,
    removedThrough: first?.removed_through ?? 0,
  };
}

interface AccountFacts {
  head: number;
  removed_through: number;
}
/** Where no event follows there is one row, of the account alone. */
type PageRow = AccountFacts & (EventRow | { sequence: null });

function isEvent(row: PageRow): row is AccountFacts & EventRow {
  return row.sequence !== null;
}

/** Within a call both numbers rise together, and the index of a call's events has only its own. */
const pageOf = (condition: string, order: 'sequence' | 'call_sequence' = 'sequence') =>
  `select accounts.last_sequence as head, accounts.events_removed_through as removed_through, event.*
   from accounts left join lateral (
     select * from events
     where account_id = accounts.id and sequence > $2 ${condition}
     order by ${order} limit $3
   ) event on true
   where accounts.id = $1
   order by event.sequence`;

/** account, after, limit. */
const readAccountPage = preparedQuery<[string, number, number], PageRow>('read-account-page', pageOf(''));

/** account, after, limit, call. */
const readCallPage = preparedQuery<[string, number, number, string], PageRow>(
  'read-call-page',
  pageOf('and call_id = $4', 'call_sequence'),
);

/** account, after, limit, batch. */
const readBatchPage = preparedQuery<[string, number, number, string], PageRow>(
  'read-batch-page',
  pageOf('and batch_id = $4'),
);

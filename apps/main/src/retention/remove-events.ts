import { callStatuses, isTerminal, type RetentionAnswer } from '@darkroom/contract';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';
import { everyReaderHasRead } from './unread-events.ts';

const eventsAtOnce = 1_000;
const endedCall = callStatuses.filter(isTerminal);

/**
 * Removes the oldest events of one account, and remembers up to which. Only a prefix goes, up to the first event that is younger, that tells
 * of a call or a batch that has not ended, or that somebody inside `main` has yet to read: a reader is told where the log begins, and never
 * misses anything within it. The cursor is the account that is dealt with.
 */
export async function removeEvents(
  database: Kysely<Database>,
  olderThan: Date,
  cursor: string | null,
): Promise<RetentionAnswer> {
  const account = await nextAccount(database, olderThan, cursor ?? '');
  if (account === undefined) return { count: 0, bytes: 0, cursor: null };
  return database.transaction().execute(async (transaction) => {
    const removable = await findRemovable(transaction, { ...account, olderThan });
    if (removable.count === 0) return { count: 0, bytes: 0, cursor: account.id };
    const removed = await deleteThrough(transaction, account.id, removable.through);
    // Last, because whoever writes events of the account waits for this row.
    await sql`
      update accounts set events_removed_through = greatest(events_removed_through, ${removable.through})
      where id = ${account.id}`.execute(transaction);
    return { ...removed, cursor: removable.count === eventsAtOnce ? (cursor ?? '') : account.id };
  });
}

interface LogToShorten {
  id: string;
  removedThrough: number;
}

/** Its first event that is left is old enough; whether it may go is seen when its page is read. */
async function nextAccount(
  database: Kysely<Database>,
  olderThan: Date,
  after: string,
): Promise<LogToShorten | undefined> {
  const { rows } = await sql<LogToShorten>`
    select accounts.id, events_removed_through as "removedThrough" from accounts
    join events on events.account_id = accounts.id and events.sequence = events_removed_through + 1
    where accounts.id > ${after} and events.created_at < ${olderThan}
    order by accounts.id limit 1`.execute(database);
  return rows[0];
}

async function findRemovable(
  transaction: Transaction<Database>,
  { id, removedThrough, olderThan }: LogToShorten & { olderThan: Date },
): Promise<{ count: number; through: number }> {
  const { rows } = await sql<{ count: number; through: number }>`
    with page as (
      select * from events
      where account_id = ${id} and sequence > ${removedThrough}
      order by sequence limit ${eventsAtOnce}
    ), judged as (
      select sequence, (
        created_at < ${olderThan}
        and ${everyReaderHasRead}
        and (call_id is null or exists (
          select from calls where calls.id = page.call_id and calls.status = any(${endedCall})))
        and (batch_id is null or exists (
          select from batches where batches.id = page.batch_id and batches.completed_at is not null))
      ) as may_go from page
    )
    select count(*)::int as count, coalesce(max(sequence), 0) as through
    from judged
    where sequence < coalesce((select min(sequence) from judged where not may_go), ${Number.MAX_SAFE_INTEGER}::bigint)
    `.execute(transaction);
  return only(rows);
}

async function deleteThrough(
  transaction: Transaction<Database>,
  accountId: string,
  through: number,
): Promise<{ count: number; bytes: number }> {
  const { rows } = await sql<{ count: number; bytes: number }>`
    with gone as (
      delete from events where account_id = ${accountId} and sequence <= ${through} returning pg_column_size(events.*) as bytes
    )
    select count(*)::int as count, coalesce(sum(bytes), 0)::bigint as bytes from gone`.execute(transaction);
  return only(rows);
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('PostgreSQL did not answer an aggregate.');
  return row;
}

import { sql } from 'kysely';

/**
 * Whether an event (a row of `page`) was read by every reader inside `main` that remembers by itself how far it has read.
 *
 * HOOK: notifications read the log behind a cursor of each account. With their table, this is
 * `page.sequence <= coalesce((select sequence from notification_cursors where account_id = page.account_id), page.sequence)`.
 */
export const everyReaderHasRead = sql<boolean>`true`;

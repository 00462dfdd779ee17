import { sql } from 'kysely';

/**
 * Whether an event (a row of `page`) was read by all who read it later inside `main`: notifications follow the log behind a cursor of each
 * account, and a delivery that is under way reads its event again at each attempt.
 */
export const everyReaderHasRead = sql<boolean>`(
  page.sequence <= coalesce(
    (select sequence from notification_cursors where account_id = page.account_id), page.sequence)
  and not exists (
    select from notifications
    where account_id = page.account_id and sequence = page.sequence and status in ('pending', 'delivering'))
)`;

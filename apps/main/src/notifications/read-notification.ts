import { isId, type NotificationDetails } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { notFound } from '../problems/problem-error.ts';
import { findAttempts, findNotification } from './notification.queries.ts';
import { presentAttempt, presentNotification } from './present-notification.ts';

/** An account's notification with its attempts; the one 404 where it has none with this id. */
export async function readNotification(
  database: Kysely<Database>,
  accountId: string,
  id: string,
): Promise<NotificationDetails> {
  const row = isId('ntf', id) ? await findNotification(database, accountId, id) : undefined;
  if (row === undefined) throw notFound();
  const attempts = await findAttempts(database, id);
  return { ...presentNotification(row), attempts: attempts.map(presentAttempt) };
}

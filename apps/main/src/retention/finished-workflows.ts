import { type IdentifierPrefix, isId } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { isRetentionWorkflow } from './retention-schedule.ts';

/**
 * Those of the workflows, by id, from which `main` needs nothing more: of calls, batches and notifications that have ended, and its own
 * retention. Everything else stays, because nobody says that it may go.
 */
export async function findFinished(
  database: Kysely<Database>,
  workflowIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const ofKind = (kind: IdentifierPrefix) => workflowIds.filter((id) => isId(kind, subjectOf(id)));
  const ended = new Set([
    ...(await findEnded(database, 'calls', ofKind('call'))),
    ...(await findEnded(database, 'batches', ofKind('bat'))),
    ...(await findOver(database, ofKind('ntf').map(subjectOf))),
  ]);
  return new Set(workflowIds.filter((id) => ended.has(subjectOf(id)) || isRetentionWorkflow(id)));
}

/** A notification that is sent again has another workflow, whose id says so behind the notification's. */
function subjectOf(workflowId: string): string {
  return workflowId.replace(/-\d+$/, '');
}

async function findEnded(
  database: Kysely<Database>,
  table: 'calls' | 'batches',
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await database
    .selectFrom(table)
    .select('id')
    .where('id', 'in', ids)
    .where('completed_at', 'is not', null)
    .execute();
  return rows.map(({ id }) => id);
}

async function findOver(database: Kysely<Database>, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await database
    .selectFrom('notifications')
    .select('id')
    .where('id', 'in', ids)
    .where('status', 'not in', ['pending', 'delivering'])
    .execute();
  return rows.map(({ id }) => id);
}

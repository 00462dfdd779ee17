import { isId } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { isRetentionWorkflow } from './retention-schedule.ts';

/**
 * Those of the workflows, by id, from which `main` needs nothing more: of calls and batches that have ended, and its own retention. Everything else
 * stays, because nobody says that it may go.
 *
 * HOOK: notifications name their workflows by ids of their own; what their table says has ended belongs here.
 */
export async function findFinished(
  database: Kysely<Database>,
  workflowIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const calls = await findEnded(
    database,
    'calls',
    workflowIds.filter((id) => isId('call', id)),
  );
  const batches = await findEnded(
    database,
    'batches',
    workflowIds.filter((id) => isId('bat', id)),
  );
  return new Set([...calls, ...batches, ...workflowIds.filter(isRetentionWorkflow)]);
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

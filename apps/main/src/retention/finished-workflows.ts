import { type IdentifierPrefix, isId } from '@darkroom/contract';
import { asyncTaskTypePrefix } from '@darkroom/integration-sdk/tasks';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { ClosedWorkflow } from '../engine/closed-workflows.ts';
import { isRetentionWorkflow } from './retention-schedule.ts';

/**
 * Those of the closed workflows from which `main` needs nothing more: of calls, batches and notifications that have ended, asynchronous
 * tasks, and its own retention. Everything else stays, because nobody says that it may go.
 */
export async function findFinished<Workflow extends Pick<ClosedWorkflow, 'workflowId' | 'workflowType'>>(
  database: Kysely<Database>,
  workflows: readonly Workflow[],
): Promise<Workflow[]> {
  const others = workflows.filter((workflow) => !isAsyncTask(workflow)).map(({ workflowId }) => workflowId);
  const ofKind = (kind: IdentifierPrefix) => others.filter((id) => isId(kind, subjectOf(id)));
  const ended = new Set([
    ...(await findEnded(database, 'calls', ofKind('call'))),
    ...(await findEnded(database, 'batches', ofKind('bat'))),
    ...(await findOver(database, ofKind('ntf').map(subjectOf))),
  ]);
  return workflows.filter(
    (workflow) =>
      isAsyncTask(workflow) || ended.has(subjectOf(workflow.workflowId)) || isRetentionWorkflow(workflow.workflowId),
  );
}

/** Its id is its submitter's, so only its type tells. It has no row that waits for its end. */
function isAsyncTask({ workflowType }: Pick<ClosedWorkflow, 'workflowType'>): boolean {
  return workflowType.startsWith(asyncTaskTypePrefix);
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

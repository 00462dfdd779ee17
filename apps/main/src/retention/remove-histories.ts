import type { RetentionAnswer } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { ClosedWorkflows } from '../engine/closed-workflows.ts';
import { findFinished } from './finished-workflows.ts';

export interface HistoriesRemoving {
  database: Kysely<Database>;
  closedWorkflows: ClosedWorkflows;
}

/**
 * Deletes a page of the workflows that closed before a time. One whose call has not ended stays, however old: the call takes over its last
 * report from it, and one that is gone would count as lost. The cursor is Temporal's.
 */
export async function removeHistories(
  { database, closedWorkflows }: HistoriesRemoving,
  olderThan: Date,
  cursor: string | null,
): Promise<RetentionAnswer> {
  const page = await closedWorkflows.list({ closedBefore: olderThan, token: cursor });
  const removed = { count: 0, bytes: 0 };
  for (const workflow of await findFinished(database, page.workflows)) {
    if (!(await closedWorkflows.delete(workflow))) continue;
    removed.count += 1;
    removed.bytes += workflow.bytes;
  }
  return { ...removed, cursor: page.token };
}

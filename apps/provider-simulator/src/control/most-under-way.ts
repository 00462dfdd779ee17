import type { Submission } from '../ledger/ledger-record.schema.ts';
import { mostAtOnce } from '../ledger/most-at-once.ts';
import type { TaskStore } from '../tasks/task-store.ts';

/**
 * How many accepted submissions were under way at once at most: each from its request until it was answered or, where it made a task,
 * until that had ended.
 */
export function mostUnderWay(
  submissions: readonly Submission[],
  tasks: Pick<TaskStore, 'findBySubmission' | 'momentOf'>,
): number {
  return mostAtOnce(
    submissions
      .filter(({ accepted }) => accepted)
      .map(({ id, at, endedAt }) => {
        const entry = tasks.findBySubmission(id);
        const ended = entry === undefined ? endedAt && Date.parse(endedAt) : tasks.momentOf(entry).endedAt;
        return { began: Date.parse(at), ...(typeof ended === 'number' && { ended }) };
      }),
  );
}

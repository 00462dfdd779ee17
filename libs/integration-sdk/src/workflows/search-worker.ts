import type { UnknownTask, WorkerSearch } from '../tasks/task-story.ts';

const firstPauseSeconds = 2;
const longestPauseSeconds = 120;

/** Of a step that no worker has been found to lack. */
export const startSearching: WorkerSearch = { failedAttempts: 0, pauseSeconds: firstPauseSeconds / 2 };

/**
 * What follows when a worker does not have the task. During a deployment that is soon over; afterwards it means that nobody has it, and a step that is offered ever more rarely
 * fills no history. That execution was none, and those that failed before it stay counted.
 */
export function goOnSearching({ failedAttempts, pauseSeconds }: WorkerSearch, { attempt }: UnknownTask): WorkerSearch {
  return {
    failedAttempts: failedAttempts + attempt - 1,
    pauseSeconds: Math.min(pauseSeconds * 2, longestPauseSeconds),
  };
}

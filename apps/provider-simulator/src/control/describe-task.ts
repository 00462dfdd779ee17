import type { TaskEntry, TaskStore } from '../tasks/task-store.ts';

/** What the control API tells of the task of a submission. */
export function describeTask(entry: TaskEntry | undefined, tasks: TaskStore): object {
  if (!entry) return {};
  const { task, polls, callbacks, cancels, hasUnplayablePlan } = entry;
  return {
    taskId: task.id,
    state: tasks.momentOf(entry).state,
    callbackHost: hostOf(task.order.callbackUrl),
    polls,
    callbacks,
    cancels,
    ...(hasUnplayablePlan && { hasUnplayablePlan }),
  };
}

// The path of a callback URL has a token, which is a secret.
function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
}

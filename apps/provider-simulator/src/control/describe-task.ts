import type { Simulation } from '../simulation.ts';
import type { MediaFile } from '../tasks/task-record.schema.ts';
import type { TaskEntry } from '../tasks/task-store.ts';

/** What the control API tells of the task of a submission. */
export function describeTask(
  entry: TaskEntry | undefined,
  { tasks, callbacks: sender }: Pick<Simulation, 'tasks' | 'callbacks'>,
): object {
  if (!entry) return {};
  const { task, media, polls, callbacks, cancels, hasUnplayablePlan } = entry;
  return {
    taskId: task.id,
    state: tasks.momentOf(entry).state,
    callbackHost: hostOf(task.order.callbackUrl),
    polls,
    callbacks,
    isCallingBack: sender.isCallingBack(entry),
    cancels,
    ...(media && { results: media.results.map(hashOf) }),
    ...(media?.lastFrame && { lastFrame: hashOf(media.lastFrame) }),
    ...(hasUnplayablePlan && { hasUnplayablePlan }),
  };
}

function hashOf({ sha256 }: MediaFile): Pick<MediaFile, 'sha256'> {
  return { sha256 };
}

// The path of a callback URL has a token, which is a secret.
function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
}

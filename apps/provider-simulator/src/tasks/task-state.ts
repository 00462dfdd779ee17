import type { Fault } from '../plans/fault.schema.ts';
import type { Task, TaskEnd, TaskFailure, TaskState } from './task-record.schema.ts';

/** Where a task is at one moment. Times are milliseconds since 1970. */
export interface TaskMoment {
  readonly state: TaskState;
  readonly percent: number;
  readonly startedAt?: number;
  readonly updatedAt: number;
  readonly endedAt?: number;
  readonly failure?: TaskFailure;
}

// The share of a task's time that it waits in the provider's queue.
const queuedShare = 0.25;

/** When a task leaves the queue and when it ends by itself, if it ever does. */
export function scheduleOf(task: Task): { readonly startsAt: number; readonly endsAt: number } {
  const createdAt = Date.parse(task.createdAt);
  const endsAt = task.fault?.kind === 'never_ends' ? Infinity : createdAt + task.taskMs;
  return { startsAt: createdAt + task.taskMs * queuedShare, endsAt };
}

/** The state of a task follows from the time, unless somebody ended it before. */
export function momentOf(task: Task, end: TaskEnd | undefined, now: number): TaskMoment {
  const { startsAt, endsAt } = scheduleOf(task);
  if (end && Date.parse(end.at) <= now) return endedBy(end, startsAt);
  if (now < startsAt) return { state: 'queued', percent: 0, updatedAt: Date.parse(task.createdAt) };
  if (now < endsAt) {
    const percent = Math.min(99, Math.floor(((now - startsAt) / Math.max(1, task.taskMs * (1 - queuedShare))) * 100));
    return { state: 'running', percent, startedAt: startsAt, updatedAt: startsAt };
  }
  return { ...endingOf(task.fault), percent: 100, startedAt: startsAt, updatedAt: endsAt, endedAt: endsAt };
}

/** How a task ends that nobody ends before its time. */
export function endingOf(fault: Fault | undefined): Pick<TaskMoment, 'state' | 'failure'> {
  switch (fault?.kind) {
    case 'task_failed':
      return { state: 'failed', failure: 'failed' };
    case 'content_block':
      return { state: 'failed', failure: 'blocked' };
    case 'task_expired':
      return { state: 'expired' };
    case 'task_cancelled':
      return { state: 'cancelled' };
    default:
      return { state: 'succeeded' };
  }
}

export function isEnded(state: TaskState): boolean {
  return state !== 'queued' && state !== 'running';
}

function endedBy({ at, state, failure }: TaskEnd, startsAt: number): TaskMoment {
  const endedAt = Date.parse(at);
  return {
    state,
    percent: state === 'succeeded' ? 100 : 0,
    ...(startsAt < endedAt && { startedAt: startsAt }),
    updatedAt: endedAt,
    endedAt,
    ...(failure && { failure }),
  };
}

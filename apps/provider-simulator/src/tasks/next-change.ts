import { longestWait, waitUnlessGone } from '../providers/wait-unless-gone.ts';
import { scheduleOf } from './task-state.ts';
import type { TaskEntry, TaskStore } from './task-store.ts';

/** Waits until a task's state changes by time, or somebody ends it, or the simulator stops. */
export async function nextChange(entry: TaskEntry, tasks: TaskStore, closing: AbortSignal): Promise<void> {
  const ended = new AbortController();
  const stopListening = tasks.onEnded((other) => {
    if (other === entry) ended.abort();
  });
  const now = Date.now();
  const { startsAt, endsAt } = scheduleOf(entry.task);
  const next = now < startsAt ? startsAt : endsAt;
  await waitUnlessGone(Math.min(longestWait, Math.max(1, next - now)), AbortSignal.any([ended.signal, closing]));
  stopListening();
}

import { longestWait, waitUnlessGone } from '../providers/wait-unless-gone.ts';
import type { TaskState } from './task-record.schema.ts';
import { scheduleOf } from './task-state.ts';
import type { TaskEntry, TaskStore } from './task-store.ts';

interface Followed {
  entry: TaskEntry;
  /** In which it was seen last. */
  state: TaskState;
}

/** Waits until a task's state changes by time, or somebody ends it, or the simulator stops. */
export async function nextChange({ entry, state }: Followed, tasks: TaskStore, closing: AbortSignal): Promise<void> {
  const ended = new AbortController();
  const stopListening = tasks.onEnded((other) => {
    if (other === entry) ended.abort();
  });
  const { startsAt, endsAt } = scheduleOf(entry.task);
  const next = state === 'queued' ? startsAt : endsAt;
  await waitUnlessGone(Math.min(longestWait, Math.max(1, next - Date.now())), AbortSignal.any([ended.signal, closing]));
  stopListening();
}

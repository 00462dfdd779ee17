import type { TaskState } from '@darkroom/integration-sdk/answers';
import { detailsOfTaskSchema, type Task } from './provider-api.schema.ts';
import { expired } from './provider-errors.ts';

/** What a task's state means. One that this does not know goes on: newer documents name states that older ones did not. */
export function fromTask(task: Task): TaskState {
  const { status, content, error: words } = task;
  if (status === 'failed') return { kind: 'failed', words };
  if (status === 'expired') return { kind: 'failed', words, rule: expired };
  if (status === 'cancelled') return { kind: 'cancelled' };
  if (status !== 'succeeded') return { kind: 'pending', step: status };
  const results = [
    { kind: 'video', url: content?.video_url },
    { kind: 'image', role: 'last_frame', url: content?.last_frame_url },
  ] as const;
  return { kind: 'succeeded', results: [...results], details: detailsOfTaskSchema.parse(task) };
}

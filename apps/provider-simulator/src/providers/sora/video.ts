import type { TaskView } from '../task-dialect.ts';

const lifetimeSeconds = 60 * 60;

/** OpenAI's video object. */
export function videoOf(task: TaskView): object {
  const { id, order, createdAt, endedAt } = task;
  const isCompleted = task.state === 'succeeded';
  const completedAt = isCompleted && endedAt ? seconds(endedAt) : null;
  return {
    id,
    object: 'video',
    model: order.model,
    status: statusOf(task),
    progress: isCompleted ? 100 : task.percent,
    created_at: seconds(createdAt),
    completed_at: completedAt,
    expires_at: completedAt === null ? null : completedAt + lifetimeSeconds,
    error: errorOf(task),
    prompt: order.prompt,
    remixed_from_video_id: null,
    ...order.details,
  };
}

function statusOf({ state }: TaskView): string {
  switch (state) {
    case 'queued':
      return 'queued';
    case 'running':
      return 'in_progress';
    case 'succeeded':
      return 'completed';
    case 'failed':
    case 'cancelled':
    case 'expired':
      return 'failed';
    case 'unknown':
      return 'reviewing';
  }
}

function errorOf({ state, failure }: TaskView): object | null {
  if (state !== 'failed') return null;
  return failure === 'blocked'
    ? { code: 'moderation_blocked', message: 'Your request was blocked by our moderation system.' }
    : { code: 'internal_error', message: 'The video could not be generated due to an internal error.' };
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

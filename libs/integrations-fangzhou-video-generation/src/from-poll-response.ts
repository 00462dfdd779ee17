import { readJson, toFailure, toTaskFailure, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { PollOutcome, ProviderResponse, ProviderResult } from '@darkroom/integration-sdk/worker';
import { readError } from './from-provider-response.ts';
import { detailsOfTaskSchema, type Task, taskSchema } from './provider-api.schema.ts';
import { cleared, couldNotGenerate, expired, taskRules } from './provider-errors.ts';

/** What a task's state means. One that this does not know goes on: newer documents name states that older ones did not. */
export function fromPollResponse({ response }: { response: ProviderResponse }): PollOutcome {
  const task = taskSchema.safeParse(readJson(response));
  if (response.status !== 200 || !task.success) {
    const words = readError(response);
    return response.status === 404 && words ? { kind: 'not_found' } : toUnavailable(response, words);
  }
  const { status, error } = task.data;
  const words = error ?? {};
  if (status === 'succeeded') return toSuccess(task.data);
  if (status === 'failed') return { kind: 'failed', error: toTaskFailure(taskRules, words, couldNotGenerate) };
  if (status === 'expired') return { kind: 'failed', error: toFailure(expired, words) };
  return status === 'cancelled' ? { kind: 'cancelled' } : { kind: 'pending', step: status };
}

function toSuccess(task: Task): PollOutcome {
  const { video_url: video, last_frame_url: lastFrame } = task.content ?? {};
  if (!video) return { kind: 'failed', error: toFailure(cleared, {}) };
  const results: ProviderResult[] = [{ kind: 'video', url: video }];
  if (lastFrame) results.push({ kind: 'image', role: 'last_frame', url: lastFrame });
  return { kind: 'succeeded', results, details: detailsOfTaskSchema.parse(task) };
}

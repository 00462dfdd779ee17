import { readJson, toFailure, toTaskFailure, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { PollOutcome, ProviderResponse, ProviderResult } from '@darkroom/integration-sdk/worker';
import { readError } from './from-provider-response.ts';
import type { VideoDetails } from './output.schema.ts';
import { type Task, taskSchema } from './provider-api.schema.ts';
import { cleared, couldNotGenerate, expired, taskRules } from './provider-errors.ts';

/** What a task's state means. One that this does not know goes on: newer documents name states that older ones did not. */
export function fromPollResponse({ response }: { response: ProviderResponse }): PollOutcome {
  const task = taskSchema.safeParse(readJson(response));
  if (response.status !== 200 || !task.success) {
    const words = readError(response);
    return response.status === 404 && words ? { kind: 'not_found' } : toUnavailable(response, words);
  }
  const { status, error } = task.data;
  const words = { code: error?.code ?? undefined, message: error?.message ?? undefined };
  if (status === 'succeeded') return toSuccess(task.data);
  if (status === 'failed') return { kind: 'failed', error: toTaskFailure(taskRules, words, couldNotGenerate) };
  if (status === 'expired') return { kind: 'failed', error: toFailure(expired, words) };
  return status === 'cancelled' ? { kind: 'cancelled' } : { kind: 'pending', step: status };
}

function toSuccess({ content, ...task }: Task): PollOutcome {
  if (!content?.video_url) return { kind: 'failed', error: toFailure(cleared, {}) };
  const results: ProviderResult[] = [{ kind: 'video', url: content.video_url }];
  if (content.last_frame_url) results.push({ kind: 'image', role: 'last_frame', url: content.last_frame_url });
  return { kind: 'succeeded', results, details: toDetails(task) };
}

function toDetails({ usage, ...task }: Omit<Task, 'content'>): VideoDetails {
  return {
    model: task.model?.slice(0, 200),
    usage: usage
      ? { completionTokens: usage.completion_tokens ?? undefined, totalTokens: usage.total_tokens ?? undefined }
      : undefined,
    seed: task.seed ?? undefined,
    resolution: task.resolution?.slice(0, 200),
    ratio: task.ratio?.slice(0, 200),
    serviceTier: task.service_tier?.slice(0, 200),
    generateAudio: task.generate_audio ?? undefined,
    draft: task.draft ?? undefined,
  };
}

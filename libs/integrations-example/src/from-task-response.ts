import {
  fromCreatedAnswer,
  readJson,
  toFailure,
  toTaskFailure,
  toUnavailable,
} from '@darkroom/integration-sdk/answers';
import type { PollOutcome, ProviderResponse, SubmitOutcome } from '@darkroom/integration-sdk/worker';
import { createdSchema, taskSchema } from './provider-api.schema.ts';
import { checkSettings, couldNotGenerate, errorRules, readError, taskRules } from './provider-errors.ts';

/** What the answer to a submission means. What is not the provider's own is `unknown`: it may have been taken. */
export function fromCreatedResponse({ response }: { response: ProviderResponse }): SubmitOutcome {
  const externalId = createdSchema.safeParse(readJson(response)).data?.id;
  const words = readError(response);
  return fromCreatedAnswer(response, { externalId, rules: errorRules, words, settings: checkSettings });
}

/** What a look means. A state that nobody knows goes on; an answer that says nothing of the task is asked for again. */
export function fromTaskResponse({ response }: { response: ProviderResponse }): PollOutcome {
  const task = taskSchema.safeParse(readJson(response));
  if (response.status !== 200 || !task.success) {
    const words = readError(response);
    return words?.code === 'not_found' ? { kind: 'not_found' } : toUnavailable(response, words);
  }
  const { status, percent, image_url: url, error } = task.data;
  if (status === 'cancelled') return { kind: 'cancelled' };
  if (status === 'failed') return { kind: 'failed', error: toTaskFailure(taskRules, error ?? {}, couldNotGenerate) };
  if (status !== 'succeeded') return { kind: 'pending', step: status, ...(typeof percent === 'number' && { percent }) };
  if (!url) return { kind: 'failed', error: toFailure(couldNotGenerate, {}) };
  return { kind: 'succeeded', results: [{ kind: 'image', url }] };
}

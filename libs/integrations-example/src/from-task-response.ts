import { failure } from '@darkroom/contract';
import { fromErrorAnswer, readJson, toFailure, toTaskFailure, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { PollOutcome, ProviderResponse, SubmitOutcome } from '@darkroom/integration-sdk/worker';
import { createdSchema, taskSchema } from './provider-api.schema.ts';
import { checkSettings, couldNotGenerate, errorRules, readError, taskRules } from './provider-errors.ts';

/** What the answer to a submission means. What is not the provider's own is `unknown`: it may have been taken. */
export function fromCreatedResponse({ response }: { response: ProviderResponse }): SubmitOutcome {
  if (response.status !== 200) {
    return fromErrorAnswer(response, { rules: errorRules, words: readError(response), settings: checkSettings });
  }
  const created = createdSchema.safeParse(readJson(response));
  if (created.success) return { kind: 'accepted', externalId: created.data.id };
  const message = `The provider's answer names no task, though it may have made one: check ${checkSettings}.`;
  return { kind: 'failed', error: failure('provider_response_invalid', message, { provider: { status: 200 } }) };
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

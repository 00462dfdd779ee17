import { readJson, toFailure, toTaskFailure, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { PollOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { readEnvelope } from './from-provider-response.ts';
import { resultSchema, type Task, taskSchema } from './provider-api.schema.ts';
import { errorRules } from './provider-errors.ts';

const unfinishedSteps = new Set(['waiting', 'queuing', 'generating']);

/** What the answer to `recordInfo` means. Right after its creation a task is unknown there ("recordInfo is null"). */
export function fromPollResponse({ response }: { response: ProviderResponse }): PollOutcome {
  const { words, data } = readEnvelope(response);
  const task = taskSchema.safeParse(data);
  if (task.success) return fromTask(task.data);
  const isNotFound = words?.code === '404' || /recordinfo is null/i.test(words?.message ?? '');
  return isNotFound ? { kind: 'not_found' } : toUnavailable(response, words);
}

function fromTask({ state, model, resultJson, failCode, failMsg }: Task): PollOutcome {
  if (state === 'fail') {
    const words = { code: failCode ?? undefined, message: failMsg ?? undefined };
    const advice = 'The provider could not generate the image: make the call again.';
    return { kind: 'failed', error: toTaskFailure(errorRules, words, { failure: 'provider_failed', advice }) };
  }
  if (state !== 'success') return { kind: 'pending', ...(unfinishedSteps.has(state) && { step: state }) };
  const result = resultSchema.safeParse(readJson({ body: Buffer.from(resultJson ?? '') }));
  if (!result.success) {
    const advice = 'The provider ended the task without an image that can be found: make the call again.';
    return { kind: 'failed', error: toFailure({ failure: 'provider_response_invalid', advice }, { status: 200 }) };
  }
  const results = result.data.resultUrls.map((url) => ({ kind: 'image' as const, url }));
  return { kind: 'succeeded', results, details: { model: model?.slice(0, 200) } };
}

import { readJson, toFailure, toTaskFailure, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { PollOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { readEnvelope } from './from-provider-response.ts';
import { resultSchema, type Task, taskSchema } from './provider-api.schema.ts';
import { couldNotGenerate, errorRules, withoutImage } from './provider-errors.ts';

const unfinishedSteps = new Set(['waiting', 'queuing', 'generating']);

/** What the answer to `recordInfo` means. Right after its creation a task is unknown there ("recordInfo is null"). */
export function fromPollResponse({ response }: { response: ProviderResponse }): PollOutcome {
  const { words, data } = readEnvelope(response);
  const task = taskSchema.safeParse(data);
  if (task.success) return fromTask(task.data);
  const isNotFound = words?.code === '404' || /recordinfo is null/i.test(words?.message ?? '');
  return isNotFound ? { kind: 'not_found' } : toUnavailable(response, words);
}

function fromTask({ state, model, resultJson = '', failCode: code, failMsg: message }: Task): PollOutcome {
  if (state === 'fail')
    return { kind: 'failed', error: toTaskFailure(errorRules, { code, message }, couldNotGenerate) };
  if (state !== 'success') return { kind: 'pending', ...(unfinishedSteps.has(state) && { step: state }) };
  const result = resultSchema.safeParse(readJson({ body: Buffer.from(resultJson) }));
  if (!result.success) return { kind: 'failed', error: toFailure(withoutImage, { status: 200 }) };
  const results = result.data.resultUrls.map((url) => ({ kind: 'image' as const, url }));
  return { kind: 'succeeded', results, details: { model: model?.slice(0, 200) } };
}

import { readJson, toTaskFailure, toUnavailable } from '@darkroom/integration-sdk/answers';
import type { PollOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { readEnvelope } from './from-provider-response.ts';
import { resultSchema, type Task, taskSchema } from './provider-api.schema.ts';
import { couldNotGenerate, taskRules } from './provider-errors.ts';

const unfinishedSteps = new Set(['waiting', 'queuing', 'generating']);

/** What the answer to `recordInfo` means. Right after its creation a task is unknown there ("recordInfo is null"). */
export function fromPollResponse({ response }: { response: ProviderResponse }): PollOutcome {
  const { words, data } = readEnvelope(response);
  const task = taskSchema.safeParse(data);
  if (task.success) return fromTask(task.data);
  const isNotFound = words?.code === '404' || /recordinfo is null/i.test(words?.message ?? '');
  return isNotFound ? { kind: 'not_found' } : toUnavailable(response, words);
}

function fromTask({ state, model, resultJson, failCode: code, failMsg: message }: Task): PollOutcome {
  if (state === 'fail') return { kind: 'failed', error: toTaskFailure(taskRules, { code, message }, couldNotGenerate) };
  if (state !== 'success') return { kind: 'pending', ...(unfinishedSteps.has(state) && { step: state }) };
  const json = typeof resultJson === 'string' ? readJson({ body: Buffer.from(resultJson) }) : resultJson;
  const result = resultSchema.safeParse(json);
  // It is paid for, and its result may only be late: looks go on until the deadline.
  if (!result.success)
    return { kind: 'unavailable', reason: 'The task has succeeded, and names no image that can be read.' };
  const results = result.data.resultUrls.map((url) => ({ kind: 'image' as const, url }));
  return { kind: 'succeeded', results, details: { model: model?.slice(0, 200) } };
}

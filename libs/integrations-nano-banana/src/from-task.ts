import { readJson, type TaskState } from '@darkroom/integration-sdk/answers';
import { resultSchema, type Task } from './provider-api.schema.ts';

const unfinishedSteps = new Set(['waiting', 'queuing', 'generating']);

/** What a task's state means. */
export function fromTask({ state, model, resultJson, failCode: code, failMsg: message }: Task): TaskState {
  if (state === 'fail') return { kind: 'failed', words: { code, message } };
  if (state !== 'success') return { kind: 'pending', step: unfinishedSteps.has(state) ? state : undefined };
  const json = typeof resultJson === 'string' ? readJson({ body: Buffer.from(resultJson) }) : resultJson;
  const result = resultSchema.safeParse(json);
  // It is paid for, and its result may only be late: looks go on until the deadline.
  if (!result.success)
    return { kind: 'unavailable', reason: 'The task has succeeded, and names no image that can be read.' };
  const results = result.data.resultUrls.map((url) => ({ kind: 'image' as const, url }));
  return { kind: 'succeeded', results, details: { model: model?.slice(0, 200) } };
}

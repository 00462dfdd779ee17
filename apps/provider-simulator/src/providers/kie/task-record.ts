import type { TaskView } from '../task-dialect.ts';
import { findKieModel } from './kie-models.ts';

const creditsPerImage = 5;
const fullAccount = 100;
/** How long a task counts as `waiting` before it is `queuing`. */
const waitingMilliseconds = 100;

/** What `recordInfo` says of a task. */
export function recordOf(task: TaskView) {
  const { id, order } = task;
  const state = stateOf(task);
  const { details, callbackUrl } = order;
  const param = { model: order.model, ...(callbackUrl !== undefined && { callBackUrl: callbackUrl }), ...details };
  return {
    taskId: id,
    model: order.model,
    state,
    param: JSON.stringify(param),
    ...outcomeOf(task),
    ...(task.endedAt && { costTime: milliseconds(task), completeTime: task.endedAt.getTime() }),
    createTime: task.createdAt.getTime(),
    updateTime: task.updatedAt.getTime(),
  };
}

/** The body of a callback, as kie writes it now, or as it did in its first months. */
export function callbackOf(task: TaskView): object {
  const isSuccess = task.state === 'succeeded';
  const code = isSuccess ? 200 : 501;
  const words = isSuccess ? 'Playground task completed successfully.' : 'Playground task failed.';
  return findKieModel(task.order.model)?.isOld
    ? { code, message: words, data: oldCallbackData(task) }
    : { code, msg: words, data: newCallbackData(task) };
}

/** `param.input` is a JSON string within the JSON string, and `costTime` is in seconds here. */
function newCallbackData(task: TaskView): object {
  const { model, callbackUrl, details } = task.order;
  const param = { input: JSON.stringify(details['input']), callBackUrl: callbackUrl, model };
  return { ...recordOf(task), param: JSON.stringify(param), costTime: seconds(task), creditsConsumed: creditsOf(task) };
}

/** The task's id had another name, and the account's balance was told. */
function oldCallbackData(task: TaskView): object {
  const { taskId, ...record } = recordOf(task);
  const credits = { consumeCredits: creditsOf(task), remainedCredits: fullAccount - creditsOf(task) };
  return { task_id: taskId, ...record, costTime: seconds(task), ...credits };
}

/** Where kie says nothing yet, some answers leave the fields out, some have null and some an empty text. */
function outcomeOf(task: TaskView): object {
  switch (stateOf(task)) {
    case 'success': {
      const resultUrls = task.results.map(({ url }) => url);
      return { resultJson: JSON.stringify({ resultUrls }), failCode: '', failMsg: '' };
    }
    case 'fail':
      return { resultJson: null, ...failureOf(task) };
    case 'waiting':
      return {};
    case 'queuing':
      return { resultJson: null, failCode: null, failMsg: null, costTime: null, completeTime: null };
    default:
      return { resultJson: '', failCode: '', failMsg: '' };
  }
}

function failureOf({ failure }: TaskView): object {
  return failure === 'blocked'
    ? { failCode: '400', failMsg: 'Your prompt was flagged by the content policy of the model provider.' }
    : { failCode: '500', failMsg: 'Internal server error' };
}

function stateOf({ state, createdAt }: TaskView): string {
  switch (state) {
    case 'queued':
      return Date.now() - createdAt.getTime() < waitingMilliseconds ? 'waiting' : 'queuing';
    case 'running':
      return 'generating';
    case 'succeeded':
      return 'success';
    case 'failed':
    case 'cancelled':
    case 'expired':
      return 'fail';
    case 'unknown':
      return 'reviewing';
  }
}

function creditsOf({ state }: TaskView): number {
  return state === 'succeeded' ? creditsPerImage : 0;
}

function milliseconds({ createdAt, endedAt = createdAt }: TaskView): number {
  return endedAt.getTime() - createdAt.getTime();
}

function seconds(task: TaskView): number {
  return Math.round(milliseconds(task) / 1000);
}

import { randomInt } from 'node:crypto';
import { bearerKey } from '../../bearer-key.ts';
import type { TaskDialect } from '../../task-dialect.ts';
import { arkJson } from '../ark-json.ts';
import { arkErrorIn200, arkRefusal } from '../ark-refusal.ts';
import { answerVideoList, blockPrompt, taskOf } from './answers.ts';
import { parseVideoRequest } from './parse-request.ts';

const path = '/contents/generations/tasks';

/** Ark's video tasks (Seedance). */
export const arkVideoDialect: TaskDialect = {
  name: 'ark-video',
  basePath: '/ark/api/v3',
  makes: 'video',
  paths: { submit: [path], query: [`${path}/:id`], list: [path], cancel: [`${path}/:id`] },
  ends: ['failed', 'blocked', 'expired', 'cancelled'],
  apiKeyOf: bearerKey,
  parse: parseVideoRequest,
  refuse: arkRefusal,
  errorIn200: arkErrorIn200,
  block: blockPrompt,
  newTaskId,
  answerCreated: ({ id }) => arkJson(200, { id }),
  taskIdOf: (request) => (request.params as { id?: string }).id,
  answerTask: (task) => arkJson(200, taskOf(task)),
  cancelling: {
    method: 'DELETE',
    rule(state) {
      if (state === 'queued') return 'cancel';
      return state === 'running' || state === 'cancelled' ? 'refuse' : 'delete';
    },
    answer: () => arkJson(200, {}),
  },
  answerList: answerVideoList,
  callbacks: {
    states: ['queued', 'running', 'succeeded', 'failed', 'expired'],
    attempts: 4,
    timeoutMs: 5000,
    forgeries: [],
    write: (task) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(taskOf(task)) }),
  },
};

const beijingMilliseconds = 8 * 60 * 60 * 1000;

/** Such as `cgt-20260514183217-t8rzv`: the time in Beijing and five letters. */
function newTaskId(): string {
  const time = new Date(Date.now() + beijingMilliseconds).toISOString().replace(/\D/g, '').slice(0, 14);
  const letters = Array.from({ length: 5 }, () => randomInt(36).toString(36)).join('');
  return `cgt-${time}-${letters}`;
}

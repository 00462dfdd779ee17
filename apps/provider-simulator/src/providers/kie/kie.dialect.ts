import { randomBytes } from 'node:crypto';
import { bearerKey } from '../bearer-key.ts';
import type { CallbackRequest, Forgery, TaskDialect, TaskView } from '../task-dialect.ts';
import { kieSuccess } from './kie-json.ts';
import { findKieModel } from './kie-models.ts';
import { parseKieRequest } from './parse-request.ts';
import { kieErrorIn200, kieRefusal } from './refusals.ts';
import { callbackOf, recordOf } from './task-record.ts';
import { simulatorWebhookKey, webhookSignature } from './webhook-signature.ts';

const staleSeconds = 3600;

/** kie.ai's jobs: one way to create and to query a task for every model, and signed callbacks when it is over. */
export const kieDialect: TaskDialect = {
  name: 'kie',
  basePath: '/kie',
  makes: 'image',
  paths: { submit: ['/api/v1/jobs/createTask'], query: ['/api/v1/jobs/recordInfo'] },
  ends: ['failed', 'blocked'],
  apiKeyOf: bearerKey,
  knowsModel: (model) => findKieModel(model) !== undefined,
  parse: parseKieRequest,
  refuse: kieRefusal,
  errorIn200: kieErrorIn200,
  newTaskId: () => randomBytes(16).toString('hex'),
  answerCreated: ({ id }) => kieSuccess({ taskId: id }),
  taskIdOf: ({ query }) => (query as { taskId?: string }).taskId,
  answerTask: (task) => kieSuccess(recordOf(task)),
  // How often kie repeats a callback is not documented: one that is lost is lost.
  callbacks: {
    states: ['succeeded', 'failed'],
    attempts: 1,
    timeoutMs: 15_000,
    forgeries: ['wrong_signature', 'unsigned', 'stale_timestamp'],
    write: writeCallback,
  },
};

function writeCallback(task: TaskView, forgery?: Forgery): CallbackRequest {
  const body = JSON.stringify(callbackOf(task));
  const contentType = { 'content-type': 'application/json' };
  if (forgery === 'unsigned') return { headers: contentType, body };
  const now = Math.floor(Date.now() / 1000);
  const timestamp = forgery === 'stale_timestamp' ? now - staleSeconds : now;
  const key = forgery === 'wrong_signature' ? 'the-key-of-somebody-else' : simulatorWebhookKey;
  const signature = webhookSignature(key, task.id, timestamp);
  const signed = { 'x-webhook-timestamp': String(timestamp), 'x-webhook-signature': signature };
  return { headers: { ...contentType, ...signed }, body };
}

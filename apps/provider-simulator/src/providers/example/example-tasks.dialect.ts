import { createHmac, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bearerKey } from '../bearer-key.ts';
import { faultMessage } from '../fault-message.ts';
import type { BlockAnswer, ProviderAnswer } from '../image-dialect.ts';
import { pixelSize } from '../pixel-size.ts';
import { refusedTask, understoodTask, type CallbackRequest, type Forgery } from '../task-dialect.ts';
import type { ParsedTask, TaskDialect, TaskView } from '../task-dialect.ts';
import { exampleError, exampleJson, exampleRefusal } from './example-refusal.ts';

const requestSchema = z.strictObject({ prompt: z.string().min(1), size: z.string().default('512x512') });
const jobRequestSchema = requestSchema.extend({ callback_url: z.url({ protocol: /^https?$/ }).optional() });
type TaskRequest = z.output<typeof jobRequestSchema>;

/** The example provider's images that are asked for and looked up later. */
export const exampleTasksDialect = dialectOf('tasks', requestSchema);

/** The same as jobs, which also call back when they have ended. */
export const exampleJobsDialect: TaskDialect = {
  ...dialectOf('jobs', jobRequestSchema),
  callbacks: {
    states: ['succeeded', 'failed', 'cancelled'],
    attempts: 3,
    timeoutMs: 5000,
    forgeries: ['wrong_signature', 'unsigned'],
    sealOf: (id, apiKey) => createHmac('sha256', apiKey).update(id).digest('hex'),
    write: writeCallback,
  },
};

function dialectOf(kind: 'tasks' | 'jobs', schema: z.ZodType<TaskRequest>): TaskDialect {
  return {
    name: `example-${kind}`,
    basePath: '/example/v1',
    makes: 'image',
    paths: { submit: [`/${kind}`], query: [`/${kind}/:id`], list: [`/${kind}`], cancel: [`/${kind}/:id`] },
    ends: ['failed', 'blocked', 'cancelled'],
    apiKeyOf: bearerKey,
    knowsModel: () => true,
    parse: (request) => parse(request, schema),
    refuse: exampleRefusal,
    block,
    newTaskId: () => `${kind.slice(0, -1)}_${randomUUID()}`,
    answerCreated: ({ id }) => exampleJson(200, { id }),
    taskIdOf: (request) => (request.params as { id?: string }).id,
    answerTask: (task) => exampleJson(200, taskOf(task)),
    cancelling: {
      method: 'DELETE',
      rule: (state) => (state === 'queued' ? 'cancel' : 'refuse'),
      answer: (task) => exampleJson(200, taskOf(task)),
    },
    answerList,
  };
}

function parse(request: FastifyRequest, schema: z.ZodType<TaskRequest>): ParsedTask {
  const body = schema.safeParse(request.body);
  if (!body.success) return refusedTask({ kind: 'bad_request', ...faultMessage(body.error) });
  const { prompt, size, callback_url: callbackUrl } = body.data;
  const pixels = pixelSize(size);
  if (!pixels) return refusedTask({ kind: 'bad_request', message: `Invalid size '${size}'`, field: 'size' });
  return understoodTask({ model: 'example-image', prompt, ...pixels, count: 1, callbackUrl, details: {} });
}

function block(): BlockAnswer {
  return {
    accepted: false,
    answer: exampleError(422, 'content_blocked', 'The prompt was blocked by the content policy.'),
  };
}

function taskOf({ id, state, percent, results, failure, createdAt }: TaskView): object {
  return {
    id,
    status: state === 'unknown' ? 'in_review' : state,
    created_at: createdAt.toISOString(),
    ...(state === 'running' && { percent }),
    ...(state === 'succeeded' && { image_url: results[0]?.url }),
    ...(failure === 'failed' && { error: { code: 'generation_failed', message: 'The image could not be made.' } }),
    ...(failure === 'blocked' && {
      error: { code: 'content_blocked', message: 'The image was blocked by the content policy.' },
    }),
  };
}

const listQuerySchema = z.object({
  page: z.coerce.number().int().min(1).default(1),
  since: z.iso.datetime().optional(),
});
const pageSize = 20;

function answerList(request: FastifyRequest, tasks: readonly TaskView[]): ProviderAnswer {
  const query = listQuerySchema.safeParse(request.query);
  if (!query.success) return exampleRefusal({ kind: 'bad_request', ...faultMessage(query.error) });
  const { page, since } = query.data;
  const recent = tasks.filter(({ createdAt }) => since === undefined || createdAt >= new Date(since));
  const items = recent.slice((page - 1) * pageSize, page * pageSize).map(taskOf);
  return exampleJson(200, { items, has_more: recent.length > page * pageSize });
}

function writeCallback({ id, state, seal = '' }: TaskView, forgery?: Forgery): CallbackRequest {
  const signature = forgery === 'wrong_signature' ? createHmac('sha256', 'forged').update(id).digest('hex') : seal;
  return {
    headers: {
      'content-type': 'application/json',
      ...(forgery !== 'unsigned' && { 'x-example-signature': `sha256=${signature}` }),
    },
    body: JSON.stringify({ id, status: state === 'unknown' ? 'in_review' : state }),
  };
}

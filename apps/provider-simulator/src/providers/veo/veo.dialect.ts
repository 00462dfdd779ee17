import { randomInt } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { googleJson } from '../gemini/google-json.ts';
import { geminiRefusal } from '../gemini/refusals.ts';
import type { ProviderAnswer } from '../image-dialect.ts';
import type { TaskDialect, TaskRefusal, TaskView } from '../task-dialect.ts';
import { parseVeoRequest } from './parse-request.ts';

/** Veo on the Gemini API: a long-running operation, and files that only the key's owner may download. It cannot be cancelled. */
export const veoDialect: TaskDialect = {
  name: 'veo',
  basePath: '/gemini/v1beta',
  makes: 'video',
  // Beside the images' `/models/:target`, which takes every other action.
  paths: {
    submit: ['/models/:target(^[^/]+:predictLongRunning$)'],
    query: ['/models/:model/operations/:id'],
  },
  ends: ['failed', 'blocked'],
  apiKeyOf: (request) => [request.headers['x-goog-api-key']].flat()[0] || undefined,
  knowsModel: (model) => model.startsWith('veo-'),
  parse: parseVeoRequest,
  refuse,
  newTaskId: () => randomName(12),
  answerCreated: (task) => googleJson(200, { name: nameOf(task) }),
  taskIdOf,
  answerTask: (task) => (task.state === 'unknown' ? undefined : googleJson(200, operationOf(task))),
  downloads: {
    paths: ['/files/:file'],
    pathOf: (taskId, _part, index) => `/files/${taskId}-${index}:download?alt=media`,
    partOf: (request) => ({ part: 'result', index: Number(fileOf(request)?.['index']) }),
    redirects: true,
  },
};

const responseType = 'type.googleapis.com/google.ai.generativelanguage.v1beta.PredictLongRunningResponse';
const filtered =
  "Sorry, we can't create videos with input that might go against our guidelines. Please try again with a different prompt.";
const internalCode = 13;

/** An operation that runs on says nothing but its name. */
function operationOf(task: TaskView): object {
  const name = nameOf(task);
  if (task.state === 'queued' || task.state === 'running') return { name };
  if (task.state === 'succeeded') {
    const generatedSamples = task.results.map(({ url }) => ({ video: { uri: url } }));
    return done(name, generatedSamples.length > 0 ? { generatedSamples } : {});
  }
  if (task.failure === 'blocked') {
    return done(name, { raiMediaFilteredCount: task.order.count, raiMediaFilteredReasons: [filtered] });
  }
  const message = 'Video generation failed due to an internal server issue. Please try again in a few minutes.';
  return { name, done: true, error: { code: internalCode, message } };
}

function done(name: string, generateVideoResponse: object): object {
  return { name, done: true, response: { '@type': responseType, generateVideoResponse } };
}

function nameOf({ id, order }: TaskView): string {
  return `models/${order.model}/operations/${id}`;
}

function taskIdOf(request: FastifyRequest): string | undefined {
  return (request.params as { id?: string }).id ?? fileOf(request)?.['id'];
}

function fileOf(request: FastifyRequest) {
  const { file = '' } = request.params as { file?: string };
  return /^(?<id>[a-z0-9]+)-(?<index>\d+):download$/.exec(file)?.groups;
}

function refuse(refusal: TaskRefusal): ProviderAnswer {
  switch (refusal.kind) {
    case 'unknown_model': {
      const message = `models/${refusal.model} is not found for API version v1beta, or is not supported for predictLongRunning. Call ListModels to see the list of available models and their supported methods.`;
      return notFound(message);
    }
    case 'not_found':
      return notFound('Requested entity was not found.');
    case 'not_cancellable':
      throw new Error('Veo has no way to cancel a task.');
    default:
      return geminiRefusal(refusal);
  }
}

function notFound(message: string): ProviderAnswer {
  return googleJson(404, { error: { code: 404, message, status: 'NOT_FOUND' } });
}

function randomName(length: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}

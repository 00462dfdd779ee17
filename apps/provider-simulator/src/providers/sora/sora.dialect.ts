import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bearerKey } from '../bearer-key.ts';
import type { BlockAnswer, ProviderAnswer } from '../image-dialect.ts';
import { openaiError, openaiJson } from '../openai/openai-json.ts';
import { openaiRefusal } from '../openai/refusals.ts';
import type { TaskDialect, TaskRefusal, TaskView } from '../task-dialect.ts';
import { parseSoraRequest } from './parse-request.ts';
import { videoOf } from './video.ts';

/** Sora on OpenAI's API: a form starts a video, whose content only the key's owner may download. What runs cannot be cancelled. */
export const soraDialect: TaskDialect = {
  name: 'sora',
  basePath: '/openai/v1',
  makes: 'video',
  paths: { submit: ['/videos'], query: ['/videos/:id'], list: ['/videos'], cancel: ['/videos/:id'] },
  ends: ['failed', 'blocked'],
  apiKeyOf: bearerKey,
  knowsModel: (model) => /^sora-2(-pro)?(-\d{4}-\d{2}-\d{2})?$/.test(model),
  parse: parseSoraRequest,
  refuse,
  block,
  newTaskId: () => `video_${randomBytes(24).toString('hex')}`,
  answerCreated: (task) => openaiJson(200, videoOf(task)),
  taskIdOf: (request) => (request.params as { id?: string }).id,
  answerTask: (task) => openaiJson(200, videoOf(task)),
  cancelling: {
    method: 'DELETE',
    rule: (state) => (state === 'queued' || state === 'running' ? 'refuse' : 'delete'),
    answer: ({ id }) => openaiJson(200, { id, object: 'video.deleted', deleted: true }),
  },
  answerList,
  downloads: {
    paths: ['/videos/:id/content'],
    partOf: (request) => ({ part: variantOf(request) === 'video' ? 'result' : 'lastFrame', index: 0 }),
    redirects: false,
  },
};

/** `video` where the client says nothing; thumbnails and spritesheets are one picture here. */
function variantOf({ query }: FastifyRequest): string {
  return (query as { variant?: string }).variant ?? 'video';
}

const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().optional(),
  order: z.enum(['asc', 'desc']).default('desc'),
});

function answerList({ query }: FastifyRequest, newestFirst: readonly TaskView[]): ProviderAnswer {
  const page = pageSchema.safeParse(query);
  if (!page.success) return refuse({ kind: 'bad_request', message: 'Invalid list parameters.' });
  const { limit, after, order } = page.data;
  const tasks = order === 'desc' ? newestFirst : newestFirst.toReversed();
  const begin = after === undefined ? 0 : tasks.findIndex(({ id }) => id === after) + 1;
  const shown = tasks.slice(begin, begin + limit);
  return openaiJson(200, {
    object: 'list',
    data: shown.map(videoOf),
    first_id: shown[0]?.id ?? null,
    last_id: shown.at(-1)?.id ?? null,
    has_more: tasks.length > begin + limit,
  });
}

/** A prompt that moderation does not let in: nothing is started. */
function block(): BlockAnswer {
  const message = 'Your request was blocked by our moderation system.';
  const error = { message, type: 'invalid_request_error', code: 'moderation_blocked' };
  return { accepted: false, answer: openaiError(400, error) };
}

function refuse(refusal: TaskRefusal): ProviderAnswer {
  const type = 'invalid_request_error';
  switch (refusal.kind) {
    case 'not_found':
      return openaiError(404, { message: `Video with id '${refusal.taskId}' not found.`, type, code: 'not_found' });
    case 'not_cancellable': {
      const message = `Video with id '${refusal.taskId}' is still being generated and cannot be deleted.`;
      return openaiError(409, { message, type, code: 'video_not_deletable' });
    }
    default:
      return openaiRefusal(refusal);
  }
}

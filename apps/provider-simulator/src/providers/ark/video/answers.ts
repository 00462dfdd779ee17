import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { faultMessage } from '../../fault-message.ts';
import type { BlockAnswer, ProviderAnswer } from '../../image-dialect.ts';
import type { TaskView } from '../../task-dialect.ts';
import { arkError, arkJson, newRequestId } from '../ark-json.ts';
import { arkRefusal } from '../ark-refusal.ts';
import { pixelsOf, secondsOf, videoFactsSchema, type VideoFacts } from './video-facts.ts';

/** A task as queries, lists and callbacks have it. */
export function taskOf(task: TaskView): object {
  const facts = videoFactsSchema.parse(task.order.details);
  const { service_tier, execution_expires_after } = facts;
  return {
    id: task.id,
    model: task.order.model,
    status: task.state === 'unknown' ? 'reviewing' : task.state,
    ...errorOf(task),
    ...(task.state === 'succeeded' && contentOf(task, facts)),
    created_at: secondsSince1970(task.createdAt),
    updated_at: secondsSince1970(task.updatedAt),
    service_tier,
    execution_expires_after,
  };
}

function contentOf({ results, lastFrame }: TaskView, facts: VideoFacts): object {
  const { returnLastFrame, ...shown } = facts;
  const { width, height } = pixelsOf(facts);
  const tokens = Math.round((width * height * facts.framespersecond * secondsOf(facts)) / 1024);
  return {
    content: {
      ...(results[0] && { video_url: results[0].url }),
      ...(returnLastFrame && lastFrame && { last_frame_url: lastFrame.url }),
    },
    usage: { completion_tokens: tokens, total_tokens: tokens },
    ...shown,
  };
}

function errorOf({ state, failure }: TaskView): object {
  if (failure === 'blocked') {
    const message = 'The request failed because the output video may be related to copyright restrictions.';
    return failedWith('OutputVideoSensitiveContentDetected.PolicyViolation', message);
  }
  if (state === 'failed') {
    return failedWith('InternalServiceError', 'The service encountered an unexpected internal error.');
  }
  if (state === 'expired') return failedWith('ExecutionExpired', 'The task did not end within its execution time.');
  return {};
}

function failedWith(code: string, message: string): object {
  return { error: { code, message: `${message} Request id: ${newRequestId()}` } };
}

function secondsSince1970(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/** A prompt that the content policy refuses before there is a task. */
export function blockPrompt(): BlockAnswer {
  const message = 'The request failed because the input text may contain sensitive information.';
  const code = 'InputTextSensitiveContentDetected';
  return { accepted: false, answer: arkError(400, { code, message, param: 'content', type: 'BadRequest' }) };
}

const listed = z.coerce.number().int().min(1).max(500);
const listQuerySchema = z.object({
  page_num: listed.default(1),
  page_size: listed.default(20),
  'filter.status': z.enum(['queued', 'running', 'cancelled', 'succeeded', 'failed', 'expired']).optional(),
  'filter.model': z.string().optional(),
  'filter.service_tier': z.enum(['default', 'flex']).optional(),
  'filter.task_ids': z.union([z.string().transform((id) => [id]), z.array(z.string())]).optional(),
});

// How long tasks can be found.
const keptMilliseconds = 7 * 24 * 60 * 60 * 1000;

/** One page of the tasks that meet all filters, the newest first. */
export function answerVideoList({ query }: FastifyRequest, tasks: readonly TaskView[]): ProviderAnswer {
  const parsed = listQuerySchema.safeParse(query);
  if (!parsed.success) return arkRefusal({ kind: 'bad_request', ...faultMessage(parsed.error) });
  const { page_num: page, page_size: size, ...filters } = parsed.data;
  const {
    'filter.status': status,
    'filter.model': model,
    'filter.service_tier': tier,
    'filter.task_ids': ids,
  } = filters;
  const met = tasks.filter(
    ({ id, state, order, createdAt }) =>
      createdAt.getTime() > Date.now() - keptMilliseconds &&
      (status === undefined || state === status) &&
      (model === undefined || order.model === model) &&
      (tier === undefined || order.details['service_tier'] === tier) &&
      (ids === undefined || ids.includes(id)),
  );
  return arkJson(200, { total: met.length, items: met.slice((page - 1) * size, page * size).map(taskOf) });
}

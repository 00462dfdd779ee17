import type { ProviderAnswer } from '../image-dialect.ts';
import type { TaskRefusal } from '../task-dialect.ts';
import { kieJson } from './kie-json.ts';

const crash = 'Server Error - An unexpected error occurred while processing the request';

/** kie's answer to one refusal. What it finds itself comes with status 200; gateways before it use the HTTP status too. */
export function kieRefusal(refusal: TaskRefusal): ProviderAnswer {
  switch (refusal.kind) {
    case 'invalid_key':
      return kieError(401, 'You do not have access permissions');
    case 'unauthorized':
      return kieError(401, 'Unauthorized', 401);
    case 'leaks_key':
      return kieError(401, `The API key ${refusal.apiKey} does not have access permissions`, 401);
    case 'bad_request':
      return kieError(422, refusal.message);
    case 'unknown_model':
      return kieError(422, `The model name you specified is not supported: ${refusal.model}`);
    case 'rate_limited':
      return rateLimited(refusal);
    case 'quota_exceeded':
      return kieError(402, 'Credits insufficient. Please top up to continue');
    case 'unavailable_envelope':
      return kieError(455, 'The service is currently undergoing maintenance');
    case 'internal_error':
      return kieError(500, crash, 500);
    case 'not_found':
      if (refusal.taskId === '') return kieError(400, 'taskId parameter is required');
      return kieError(422, 'recordInfo is null');
    case 'not_cancellable':
      throw new Error('kie has no way to cancel a task.');
  }
}

/** The vendor's "always check this field": a success for HTTP, a crash by its code. */
export function kieErrorIn200(): ProviderAnswer {
  return kieError(500, crash);
}

function kieError(code: number, msg: string, status?: number): ProviderAnswer {
  return kieJson({ code, msg, data: null }, status);
}

/** Too many requests now, or the spending limit of a sub-key for the day. */
function rateLimited(refusal: Extract<TaskRefusal, { kind: 'rate_limited' }>): ProviderAnswer {
  const { retryAfterSeconds, perDay, inBody } = refusal;
  if (perDay) return kieError(433, 'Request Limit - Sub-key Usage Exceeds Limit');
  const message = 'Your call frequency is too high. Please try again later.';
  const answer = kieError(429, message, inBody ? 200 : 429);
  if (retryAfterSeconds === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(Math.ceil(retryAfterSeconds)) } };
}

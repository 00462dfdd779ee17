import type { ProviderAnswer } from '../image-dialect.ts';
import type { TaskRefusal } from '../task-dialect.ts';
import { arkError } from './ark-json.ts';

/** Ark's answer to one refusal, for its video tasks and its images. */
export function arkRefusal(refusal: TaskRefusal): ProviderAnswer {
  switch (refusal.kind) {
    case 'invalid_key':
    case 'unauthorized':
      return unauthorized('The API key or AK/SK in the request is missing or invalid.');
    case 'leaks_key':
      return unauthorized(`The API key ${refusal.apiKey} in the request is invalid.`);
    case 'bad_request':
      return badRequest(refusal);
    case 'unknown_model': {
      const message = `The model or endpoint ${refusal.model} does not exist or you do not have access to it.`;
      return arkError(404, { code: 'InvalidEndpointOrModel.NotFound', message, type: 'NotFound' });
    }
    case 'rate_limited':
      return refusal.inBody ? { ...rateLimited(refusal), status: 200 } : rateLimited(refusal);
    case 'quota_exceeded': {
      const message = 'Your account has an overdue balance, please recharge your account.';
      return arkError(403, { code: 'AccountOverdueError', message, type: 'Forbidden' });
    }
    case 'unavailable_envelope': {
      const message = 'The service is currently unable to handle additional requests due to server overload.';
      return arkError(429, { code: 'ServerOverloaded', message, type: 'TooManyRequests' });
    }
    case 'internal_error':
      return internalError();
    case 'not_found': {
      const message = `The specified task ${refusal.taskId} is not found.`;
      return arkError(404, { code: 'NotFound.TaskId', message, param: 'id', type: 'NotFound' });
    }
    case 'not_cancellable': {
      const message = `The task ${refusal.taskId} is ${refusal.state} and cannot be cancelled or deleted.`;
      return arkError(409, { code: 'InvalidAction.TaskStatus', message, param: 'id', type: 'Conflict' });
    }
  }
}

function unauthorized(message: string): ProviderAnswer {
  return arkError(401, { code: 'AuthenticationError', message, type: 'Unauthorized' });
}

function badRequest({ message, field }: { readonly message: string; readonly field?: string }): ProviderAnswer {
  return arkError(400, { code: 'InvalidParameter', message, param: field, type: 'BadRequest' });
}

/** An error as the whole body of a success. */
export function arkErrorIn200(): ProviderAnswer {
  return { ...internalError(), status: 200 };
}

function internalError(): ProviderAnswer {
  const message = 'The service encountered an unexpected internal error.';
  return arkError(500, { code: 'InternalServiceError', message, type: 'InternalServerError' });
}

/** Requests a minute of one endpoint, or the day's whole quota, which waiting a little does not bring back. */
function rateLimited(refusal: Extract<TaskRefusal, { kind: 'rate_limited' }>): ProviderAnswer {
  const { retryAfterSeconds, perDay } = refusal;
  const code = perDay ? 'QuotaExceeded' : 'RateLimitExceeded.EndpointRPMExceeded';
  const message = perDay
    ? 'Your account has exceeded the quota of this model.'
    : 'The Requests Per Minute (RPM) limit of the associated endpoint for your account has been exceeded.';
  const answer = arkError(429, { code, message, type: 'TooManyRequests' });
  if (retryAfterSeconds === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(Math.ceil(retryAfterSeconds)) } };
}

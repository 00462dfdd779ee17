import type { ProviderAnswer } from '../image-dialect.ts';
import type { TaskRefusal } from '../task-dialect.ts';

/** The example provider's answer to one refusal, for its images, tasks and jobs. */
export function exampleRefusal(refusal: TaskRefusal): ProviderAnswer {
  switch (refusal.kind) {
    case 'invalid_key':
    case 'unauthorized':
      return exampleError(401, 'unauthorized', 'The API key is missing or not valid.');
    case 'leaks_key':
      return exampleError(401, 'unauthorized', `The API key ${refusal.apiKey} is not valid.`);
    case 'bad_request':
      return exampleError(400, 'invalid_request', refusal.message);
    case 'unknown_model':
      return exampleError(404, 'unknown_model', `There is no model ${refusal.model}.`);
    case 'rate_limited': {
      const { retryAfterSeconds, perDay } = refusal;
      const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterSeconds)) };
      const code = perDay ? 'daily_limit_reached' : 'rate_limited';
      return exampleJson(429, { error: { code, message: 'Too many requests.' } }, headers);
    }
    case 'quota_exceeded':
      return exampleError(402, 'quota_exceeded', 'The account has no credit left.');
    case 'unavailable_envelope':
      return exampleError(503, 'unavailable', 'The service takes no requests at the moment.');
    case 'internal_error':
      return exampleError(500, 'internal', 'The service failed.');
    case 'not_found':
      return exampleError(404, 'not_found', `There is no task ${refusal.taskId}.`);
    case 'not_cancellable':
      return exampleError(409, 'not_cancellable', `The task is ${refusal.state}: only a queued one can be cancelled.`);
  }
}

export function exampleError(status: number, code: string, message: string): ProviderAnswer {
  return exampleJson(status, { error: { code, message } });
}

export function exampleJson(
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): ProviderAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

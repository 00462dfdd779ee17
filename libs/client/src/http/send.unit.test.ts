import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { send } from './send.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const problem = (code: string, retryable: boolean) => ({
  type: `urn:darkroom:problem:${code}`,
  title: code,
  status: 0,
  detail: 'What to do next.',
  code,
  retryable,
});

/** Answers one after the other, and counts. */
function answering(...answers: (() => Promise<{ data?: string; error?: unknown; response: Response }>)[]) {
  const sent: (AbortSignal | undefined)[] = [];
  const request = (signal: AbortSignal | undefined) => {
    sent.push(signal);
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    if (answer === undefined) throw new Error('There is no such answer.');
    return answer();
  };
  return { request, sent };
}

const success = () => Promise.resolve({ data: 'the call', response: new Response('{}', { status: 202 }) });
const lost = () => Promise.reject(new TypeError('fetch failed'));
const refused =
  (status: number, code: string, headers: Record<string, string> = {}) =>
  () =>
    Promise.resolve({ error: problem(code, false), response: new Response('{}', { status, headers }) });

/** Lets all pauses pass. */
async function outcomeOf(sending: Promise<unknown>): Promise<unknown> {
  const settled = sending.catch((error: unknown) => error);
  await jest.runAllTimersAsync();
  return settled;
}

describe('is sent again', () => {
  test.each([
    ['a lost answer', lost],
    ['a 503', refused(503, 'database_unavailable')],
    ['a 500', refused(500, 'internal')],
    ['a 429', refused(429, 'overloaded')],
    ['a 409 that says when', refused(409, 'idempotency_key_in_progress', { 'retry-after': '1' })],
  ])('after %s', async (_what, answer) => {
    const { request, sent } = answering(answer, answer, success);

    expect(await outcomeOf(send(request))).toBe('the call');
    expect(sent).toHaveLength(3);
  });

  test('five times at most, and then the last error is thrown', async () => {
    const { request, sent } = answering(lost);

    expect(await outcomeOf(send(request))).toMatchObject({ code: 'no_answer', retryable: true });
    expect(sent).toHaveLength(5);
  });

  test('not before the time that Retry-After asks for', async () => {
    const { request, sent } = answering(refused(503, 'overloaded', { 'retry-after': '20' }), success);
    const sending = send(request);

    await jest.advanceTimersByTimeAsync(19_999);
    expect(sent).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(await sending).toBe('the call');
  });
});

describe('is not sent again', () => {
  test.each([
    ['a 422', 422, 'invalid_request'],
    ['a 404', 404, 'not_found'],
    ['a 409 without a time', 409, 'call_not_ended'],
  ])('after %s', async (_what, status, code) => {
    const { request, sent } = answering(refused(status, code));

    expect(await outcomeOf(send(request))).toMatchObject({ code, status, message: 'What to do next.' });
    expect(sent).toHaveLength(1);
  });

  test('where Retry-After is farther away than anybody waits', async () => {
    const { request, sent } = answering(refused(503, 'overloaded', { 'retry-after': '3600' }));

    expect(await outcomeOf(send(request))).toMatchObject({ code: 'overloaded', retryAfterSeconds: 3600 });
    expect(sent).toHaveLength(1);
  });

  test('once its signal is aborted, and rejects with the reason', async () => {
    const stop = new AbortController();
    const { request, sent } = answering(lost);
    const sending = send(request, { signal: stop.signal });
    await jest.advanceTimersByTimeAsync(0);
    stop.abort(new Error('no longer wanted'));

    expect(await outcomeOf(sending)).toMatchObject({ message: 'no longer wanted' });
    expect(sent).toHaveLength(1);
  });
});

test('an answer that is not of Darkroom is told as such', async () => {
  const page = () => Promise.resolve({ error: '<html>', response: new Response('<html>', { status: 404 }) });

  expect(await outcomeOf(send(page))).toMatchObject({ code: 'unexpected_answer', status: 404 });
});

test('the faults of a request are told by their paths', async () => {
  const error = { ...problem('invalid_request', false), errors: [{ path: '/input/prompt', message: 'is required' }] };
  const invalid = () => Promise.resolve({ error, response: new Response('{}', { status: 422 }) });

  expect(await outcomeOf(send(invalid))).toMatchObject({
    code: 'invalid_request',
    errors: [{ path: '/input/prompt', message: 'is required' }],
    message: 'What to do next. /input/prompt is required',
  });
});

test('a server that is not there is named as such, with the reason', async () => {
  const refused = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:3000') });

  expect(await outcomeOf(send(() => Promise.reject(refused)))).toMatchObject({
    code: 'no_answer',
    message:
      'Darkroom did not answer (fetch failed: connect ECONNREFUSED 127.0.0.1:3000). Check that it runs and that baseUrl is its address.',
    cause: refused,
  });
});

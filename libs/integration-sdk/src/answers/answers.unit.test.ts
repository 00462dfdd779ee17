import { describe, expect, test } from '@jest/globals';
import { type ErrorRules, toTaskFailure } from './error-rules.ts';
import { fromCreatedAnswer } from './from-created-answer.ts';
import { fromErrorAnswer } from './from-error-answer.ts';
import { readJson } from './read-json.ts';
import { retryAfterSeconds } from './retry-after-seconds.ts';
import { toDataUri } from './to-data-uri.ts';
import { toUnavailable } from './to-unavailable.ts';

const rules: ErrorRules = [
  { status: 429, code: /Quota/, failure: 'provider_quota_exceeded', advice: 'Add some.' },
  { status: 429, failure: 'provider_rate_limited', advice: 'Too many requests.', retry: true },
  { code: /^Blocked/, failure: 'content_rejected', advice: 'Change it.', retryable: true },
];
const settings = 'EXAMPLE_BASE_URL';
const answer = (status: number, body = '', headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: Buffer.from(body),
});

describe('an error in the provider’s own envelope', () => {
  test('is what the first line says that fits', () => {
    const outcome = (words: { code: string; message?: string }) =>
      fromErrorAnswer(answer(429, '', { 'retry-after': '3' }), { rules, words, settings });
    expect(outcome({ code: 'QuotaExceeded' })).toMatchObject({
      retry: false,
      error: { code: 'provider_quota_exceeded' },
    });
    expect(outcome({ code: 'RateLimitExceeded', message: 'slow down' })).toEqual({
      kind: 'refused',
      retry: true,
      retryAfterSeconds: 3,
      error: {
        code: 'provider_rate_limited',
        message: 'Too many requests.',
        retryable: true,
        provider: { status: 429, code: 'RateLimitExceeded', message: 'slow down' },
      },
    });
  });

  test('does not tell where no line fits', () => {
    expect(fromErrorAnswer(answer(500), { rules, words: { code: 'Oops', message: 'sorry' }, settings })).toEqual({
      kind: 'unknown',
      reason: 'The provider answered 500 (Oops: sorry).',
    });
  });

  test('may say that the submission was taken, and that nothing will come of it', () => {
    const taken = [{ code: /^501$/, failure: 'provider_failed', advice: 'Again.', taken: true }] as const;
    expect(fromErrorAnswer(answer(200), { rules: taken, words: { code: '501' }, settings })).toMatchObject({
      kind: 'failed',
      error: { code: 'provider_failed' },
    });
  });

  test('may say in its body how long to wait; a header counts more', () => {
    const words = { code: 'Busy', retryAfterSeconds: 5 };
    const given = { rules, words, settings };
    expect(fromErrorAnswer(answer(429), given)).toMatchObject({ kind: 'refused', retryAfterSeconds: 5 });
    expect(fromErrorAnswer(answer(429, '', { 'retry-after': '3' }), given)).toMatchObject({ retryAfterSeconds: 3 });
    expect(toUnavailable(answer(503), words)).toMatchObject({ retryAfterSeconds: 5 });
  });

  test('fails a task by the table, which may overrule what can be retried', () => {
    const otherwise = { failure: 'provider_failed', advice: 'Again.' } as const;
    expect(toTaskFailure(rules, { code: 'Blocked' }, otherwise)).toMatchObject({
      code: 'content_rejected',
      retryable: true,
    });
    expect(toTaskFailure(rules, {}, otherwise)).toEqual({
      code: 'provider_failed',
      message: 'Again.',
      retryable: true,
      provider: {},
    });
  });
});

describe('an answer that is not the provider’s own', () => {
  test.each([
    [401, 'provider_authentication', false],
    [403, 'provider_authentication', false],
    [404, 'provider_rejected', false],
    [429, 'provider_rate_limited', true],
  ])('%i was not acted on', (status, code, retry) => {
    expect(fromErrorAnswer(answer(status, '<html>'), { rules, words: undefined, settings })).toMatchObject({
      kind: 'refused',
      retry,
      error: { code },
    });
  });

  test.each([200, 204, 301, 302, 303, 307, 308, 408, 409, 425, 499, 500, 503, 520])('%i does not tell', (status) => {
    expect(fromErrorAnswer(answer(status), { rules, words: undefined, settings })).toMatchObject({ kind: 'unknown' });
  });
});

test('the answer to a submission names a task, or is an error, or does not tell', () => {
  const read = (status: number, externalId?: string) =>
    fromCreatedAnswer(answer(status), { externalId, rules, words: undefined, settings });
  expect(read(201, 'task_1')).toEqual({ kind: 'accepted', externalId: 'task_1' });
  expect(read(404, 'task_1')).toMatchObject({ kind: 'refused' });
  expect(read(200)).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('named no task') });
  const saying = (code: string) =>
    fromCreatedAnswer(answer(200), { externalId: undefined, rules, words: { code }, settings });
  expect(saying('Blocked')).toMatchObject({ kind: 'refused', error: { code: 'content_rejected' } });
  expect(saying('Oops')).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('named no task') });
});

test('a look that said nothing of the task tells why and how long to wait', () => {
  expect(toUnavailable(answer(503, '', { 'retry-after': '9' }), { code: 'Busy' })).toEqual({
    kind: 'unavailable',
    reason: 'The provider answered 503 (Busy).',
    retryAfterSeconds: 9,
  });
  expect(toUnavailable(answer(502))).toEqual({ kind: 'unavailable', reason: 'The provider answered 502.' });
});

test('a wait is read as milliseconds, seconds or a date', () => {
  expect(retryAfterSeconds({ 'retry-after-ms': '1500', 'retry-after': '9' })).toBe(1.5);
  expect(retryAfterSeconds({ 'retry-after': '9' })).toBe(9);
  const date = 'Tue, 03 Mar 2026 10:00:00 GMT';
  expect(retryAfterSeconds({ date, 'retry-after': 'Tue, 03 Mar 2026 10:00:20 GMT' })).toBe(20);
  expect(retryAfterSeconds({ 'retry-after': 'soon' })).toBeUndefined();
});

test('a body that is no JSON is nothing, and an image becomes text', () => {
  expect(readJson(answer(200, '{"a":1}'))).toEqual({ a: 1 });
  expect(readJson(answer(200, '<html>'))).toBeUndefined();
  expect(toDataUri({ contentType: 'image/png', bytes: Buffer.from('bytes') })).toBe('data:image/png;base64,Ynl0ZXM=');
});

test.each([
  ['a number of any length', '9'.repeat(400), 31_536_000],
  ['a date in thousands of years', 'Fri, 31 Dec 9999 23:59:59 GMT', 31_536_000],
  ['a date that is over', 'Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['no time at all', 'soon', undefined],
])('Retry-After with %s is a wait that can be reckoned with, a year at most', (_what, header, seconds) => {
  const date = 'Sat, 31 Jan 2026 12:00:00 GMT';
  expect(retryAfterSeconds({ 'retry-after': header, date })).toBe(seconds);
});

import { describe, expect, test } from '@jest/globals';
import { classifyIntermediary, classifyNoAnswer } from './classify-answer.ts';

const response = (status: number, body: string, contentType = 'application/json') => ({
  status,
  headers: { 'content-type': contentType },
  body: Buffer.from(body),
});

describe('an answer from between us and the provider', () => {
  test.each([408, 499, 502, 503, 504])('HTTP %i without a body tells nothing of the submission', (status) => {
    expect(classifyIntermediary(response(status, ''))).toMatchObject({ kind: 'unknown' });
    expect(classifyIntermediary(response(status, '  \n'))).toMatchObject({ kind: 'unknown' });
  });

  test.each([408, 499, 502, 503, 504])('HTTP %i with a page of HTML tells nothing of the submission', (status) => {
    expect(classifyIntermediary(response(status, '<html>Bad gateway</html>', 'text/plain'))).toMatchObject({
      kind: 'unknown',
    });
    expect(classifyIntermediary(response(status, 'upstream error', 'text/html; charset=utf-8'))).toMatchObject({
      kind: 'unknown',
    });
  });

  test("the provider's own envelope is for the integration's table, whatever its status", () => {
    expect(classifyIntermediary(response(503, '{"error":{"code":503}}'))).toBeUndefined();
  });

  test.each([200, 400, 401, 429, 500])('HTTP %i is for the integration, also when it is empty', (status) => {
    expect(classifyIntermediary(response(status, ''))).toBeUndefined();
  });
});

describe('a request without an answer', () => {
  test('that was never sent found the provider away', () => {
    expect(classifyNoAnswer({ kind: 'not_sent', reason: 'ECONNREFUSED' })).toMatchObject({
      kind: 'unreachable',
      error: { code: 'provider_unavailable', retryable: true },
    });
  });

  test('that was sent is unknown', () => {
    expect(classifyNoAnswer({ kind: 'no_answer', reason: 'ECONNRESET' })).toEqual({
      kind: 'unknown',
      reason: 'ECONNRESET',
    });
  });
});

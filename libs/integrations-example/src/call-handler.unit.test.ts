import { describe, expect, test } from '@jest/globals';
import { answerWith } from '../test/fixture.ts';
import { callHandler } from './call-handler.ts';

const settings = { apiKey: 'key', baseUrl: 'https://api.example.com/v1' };
const input = { prompt: 'a lighthouse' };
const read = (response: ReturnType<typeof answerWith>) =>
  callHandler.fromProviderResponse({ response, input, settings });
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  read({ status, headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) });

test('the request names the prompt, and nothing that was not chosen', () => {
  expect(callHandler.toProviderRequest({ input, images: [], mediaUrls: [], settings })).toEqual({
    url: 'https://api.example.com/v1/images',
    headers: { authorization: 'Bearer key' },
    body: { prompt: 'a lighthouse' },
  });
});

test('a success gives the image', () => {
  expect(read(answerWith(200, 'image'))).toEqual({
    kind: 'accepted',
    externalId: 'img_1',
    results: [{ kind: 'image', bytes: Buffer.from([0, 0, 0]) }],
  });
});

test('a success that holds nothing, or cannot be read, fails the call', () => {
  expect(answer(200, { id: 'img_1' })).toMatchObject({ kind: 'failed', error: { code: 'provider_failed' } });
  expect(answer(200, 'rubbish')).toMatchObject({ kind: 'failed', error: { code: 'provider_response_invalid' } });
});

describe('an error', () => {
  const error = (code: string) => ({ error: { code, message: 'what happened' } });

  test.each([
    [401, 'unauthorized', 'provider_authentication', false],
    [400, 'invalid_request', 'provider_rejected', false],
    [422, 'content_blocked', 'content_rejected', false],
    [402, 'quota_exceeded', 'provider_quota_exceeded', false],
    [429, 'daily_limit_reached', 'provider_quota_exceeded', false],
    [429, 'rate_limited', 'provider_rate_limited', true],
    [503, 'unavailable', 'provider_unavailable', true],
  ])('%i %s is %s', (...[status, name, code, retry]) => {
    expect(answer(status, error(name))).toMatchObject({ kind: 'refused', retry, error: { code } });
  });

  test('tells how long to wait', () => {
    expect(answer(429, error('rate_limited'), { 'retry-after': '3' })).toMatchObject({ retryAfterSeconds: 3 });
  });

  test('that the table does not name, or that is not the provider’s own, does not tell', () => {
    expect(answer(500, error('internal'))).toMatchObject({ kind: 'unknown' });
    expect(answer(500, '<html>')).toMatchObject({ kind: 'unknown' });
  });
});

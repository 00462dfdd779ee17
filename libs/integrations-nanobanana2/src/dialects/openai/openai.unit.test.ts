import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { fromOpenaiResponse } from './from-provider-response.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../__fixtures__/${name}.json`, import.meta.url));
const answer = (status: number, body: Uint8Array | string, headers: Record<string, string> = {}) =>
  fromOpenaiResponse({ status, headers, body: Buffer.from(body) });
const openaiError = (error: object) => JSON.stringify({ error: { message: 'what happened', ...error } });

function kindsOf(body: Uint8Array | string): string[] {
  const outcome = answer(200, body);
  if (outcome.kind !== 'accepted') return [outcome.kind];
  return outcome.results.map((result) =>
    'url' in result ? result.url : Buffer.from(result.bytes).subarray(1, 4).toString(),
  );
}

describe('images are found where gateways put them', () => {
  test.each([
    ['images/success-inline', ['PNG']],
    ['images/success-url', ['https://files.example.com/a.png']],
    ['chat/success-images', ['PNG']],
    ['chat/success-images-as-text', ['PNG']],
    ['chat/success-markdown', ['PNG']],
    ['chat/success-url-in-text', ['https://files.example.com/out/a.png']],
  ])('%s', (name, expected) => {
    expect(kindsOf(fixture(name))).toEqual(expected);
  });

  test('bytes come before addresses, attached images before those in the text', () => {
    const data = [{ url: 'https://a.example/1.png' }, { b64_json: 'aVBORw==' }];
    const message = { content: 'https://a.example/2.png', images: [{ image_url: 'https://a.example/3.png' }] };
    expect(kindsOf(JSON.stringify({ data, choices: [{ message }] }))).toEqual(['PNG']);
    expect(kindsOf(JSON.stringify({ data: data.slice(0, 1), choices: [{ message }] }))).toEqual([
      'https://a.example/1.png',
    ]);
    expect(kindsOf(JSON.stringify({ choices: [{ message }] }))).toEqual(['https://a.example/3.png']);
  });

  test('an address in the text may be in markdown, have no extension, and be repeated', () => {
    const inText = (content: string) => kindsOf(JSON.stringify({ choices: [{ message: { content } }] }));
    expect(inText('![a](https://a.example/x) https://a.example/y.png')).toEqual(['https://a.example/x']);
    expect(inText('See https://a.example/file?id=1, https://a.example/file?id=1.')).toEqual([
      'https://a.example/file?id=1',
    ]);
    expect(inText('ftp://a.example/x.png')).toEqual(['failed']);
  });

  test('the words beside the image and the ids are kept', () => {
    expect(answer(200, fixture('chat/success-markdown'))).toMatchObject({
      externalId: 'chatcmpl-7',
      details: { text: 'Here it is:', model: 'gemini-3-pro-image-preview' },
    });
    expect(answer(200, fixture('images/success-inline'), { 'x-request-id': 'req_1' })).toMatchObject({
      externalId: 'req_1',
    });
  });
});

test('a success gives the image, whatever is odd beside it', () => {
  const results = [{ kind: 'image', url: 'https://a.example/1.png' }];
  const url = 'https://a.example/1.png';
  const message = { content: 7, refusal: false, images: [7, { image_url: 7 }, { text: 7, image_url: { url } }] };
  for (const body of [
    { id: 7, model: 7, error: 'none', data: [null, { url: 7 }, { url, b64_json: 7 }] },
    { choices: [{ message, finish_reason: 1 }] },
  ])
    expect(answer(200, JSON.stringify(body))).toEqual({ kind: 'accepted', details: {}, results });
});

describe('a success without an image', () => {
  test('is a failure of the provider', () => {
    expect(answer(200, fixture('chat/empty-images'))).toMatchObject({
      kind: 'failed',
      externalId: 'chatcmpl-7',
      error: { code: 'provider_failed' },
    });
    expect(answer(200, '{"data":[]}')).toMatchObject({ kind: 'failed', error: { code: 'provider_failed' } });
  });

  test('is a block where the answer says so', () => {
    for (const body of [
      { choices: [{ message: { content: null }, finish_reason: 'content_filter' }] },
      { choices: [{ message: { refusal: 'I cannot draw that.' } }] },
      { error: { code: 'content_policy_violation' } },
    ]) {
      expect(answer(200, JSON.stringify(body))).toMatchObject({ kind: 'failed', error: { code: 'content_rejected' } });
    }
  });

  test.each(['not JSON', '[]', '{"data":"many"}', '{"choices":[7]}'])('that is %s cannot be read', (body) => {
    expect(answer(200, body)).toMatchObject({ kind: 'failed', error: { code: 'provider_response_invalid' } });
  });
});

describe('a refusal', () => {
  test.each([
    [400, {}, 'provider_rejected', false],
    [400, { code: 'moderation_blocked' }, 'content_rejected', false],
    [400, { code: '400', type: 'budget_exceeded' }, 'provider_quota_exceeded', false],
    [401, { code: 'invalid_api_key' }, 'provider_authentication', false],
    [402, {}, 'provider_quota_exceeded', false],
    [403, {}, 'provider_authentication', false],
    [404, { code: 'model_not_found' }, 'provider_rejected', false],
    [413, {}, 'provider_rejected', false],
    [422, {}, 'provider_rejected', false],
    [429, { code: '429' }, 'provider_rate_limited', true],
    [429, { code: 'insufficient_quota' }, 'provider_quota_exceeded', false],
    [429, { message: 'Rate limit reached on requests per day (RPD)' }, 'provider_quota_exceeded', false],
    [503, { code: 503 }, 'provider_unavailable', true],
  ])('%i %j is %s', (...[status, error, code, retry]) => {
    expect(answer(status, openaiError(error))).toMatchObject({
      kind: 'refused',
      retry,
      error: { code, provider: { status } },
    });
  });

  test('asks to wait by its headers: milliseconds, seconds or a date', () => {
    const waitOf = (headers: Record<string, string>) => {
      const outcome = answer(429, openaiError({}), headers);
      return outcome.kind === 'refused' ? outcome.retryAfterSeconds : undefined;
    };
    expect(waitOf({ 'retry-after-ms': '1500', 'retry-after': '9' })).toBe(1.5);
    expect(waitOf({ 'retry-after': '9' })).toBe(9);
    expect(waitOf({ date: 'Tue, 03 Mar 2026 10:00:00 GMT', 'retry-after': 'Tue, 03 Mar 2026 10:00:20 GMT' })).toBe(20);
    expect(waitOf({ 'retry-after': 'soon' })).toBeUndefined();
  });
});

test.each([401, 500])(
  'what the provider said with %i is left whole: cutting a key in two before it is searched for would let half of it out',
  (status) => {
    const message = `Incorrect API key provided: ${'x'.repeat(2100)} the key`;
    expect(JSON.stringify(answer(status, openaiError({ message, code: 'c'.repeat(300) })))).toContain(message);
  },
);

test.each([500, 502, 504, 408, 409])('nobody can know whether %i in the own envelope was charged', (status) => {
  expect(answer(status, openaiError({ type: 'server_error' }))).toMatchObject({ kind: 'unknown' });
});

describe('an answer that is not the provider’s own', () => {
  test.each([
    [401, 'refused', 'provider_authentication'],
    [403, 'refused', 'provider_authentication'],
    [404, 'refused', 'provider_rejected'],
    [413, 'refused', 'provider_rejected'],
    [429, 'refused', 'provider_rate_limited'],
  ])('%i was not acted on', (status, kind, code) => {
    expect(answer(status, '<html>')).toMatchObject({ kind, error: { code } });
  });

  test.each([204, 301, 303, 307, 408, 409, 425, 499, 500, 501, 520, 529])('%i does not tell', (status) => {
    expect(answer(status, '<html>')).toMatchObject({ kind: 'unknown' });
  });
});

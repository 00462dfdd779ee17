import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { fromGeminiResponse } from './from-provider-response.ts';
import { toGeminiRequest } from './to-provider-request.ts';

const settings = {
  apiKey: 'key',
  baseUrl: 'https://provider.example/v1beta',
  model: 'gemini-3.1-flash-image',
  dialect: 'gemini',
} as const;
const fixture = (name: string) => readFileSync(new URL(`../../../__fixtures__/gemini/${name}.json`, import.meta.url));
const answer = (status: number, body: Uint8Array | string, headers: Record<string, string> = {}) =>
  fromGeminiResponse({ status, headers, body: Buffer.from(body) });
const googleError = (code: number, status: string) =>
  JSON.stringify({ error: { code, message: 'what happened', status } });

describe('the request', () => {
  test('asks for an image in the words of the prompt, and for nothing that was not chosen', () => {
    expect(toGeminiRequest({ input: { prompt: 'a lighthouse' }, images: [], settings })).toEqual({
      url: 'https://provider.example/v1beta/models/gemini-3.1-flash-image:generateContent',
      headers: { 'x-goog-api-key': 'key' },
      body: {
        contents: [{ role: 'user', parts: [{ text: 'a lighthouse' }] }],
        generationConfig: { responseModalities: ['TEXT', 'IMAGE'] },
      },
    });
  });

  test('carries size, aspect ratio and the input images', () => {
    const images = [{ field: 'images', contentType: 'image/png', bytes: Buffer.from('bytes') }];
    expect(
      toGeminiRequest({ input: { prompt: 'make it night', aspectRatio: '16:9', imageSize: '2K' }, images, settings }),
    ).toMatchObject({
      body: {
        contents: [{ parts: [{ text: 'make it night' }, { inlineData: { mimeType: 'image/png', data: 'Ynl0ZXM=' } }] }],
        generationConfig: { imageConfig: { aspectRatio: '16:9', imageSize: '2K' } },
      },
    });
  });
});

describe('a success', () => {
  test('gives the image, the text and the ids', () => {
    const outcome = answer(200, fixture('success'));
    expect(outcome).toMatchObject({
      kind: 'accepted',
      externalId: 'WssQaaTPDprpz7IPmoG3qQ0',
      details: { text: 'Here you go:', model: 'gemini-3.1-flash-image' },
      results: [{ kind: 'image' }],
    });
    const [image] = outcome.kind === 'accepted' ? outcome.results : [];
    expect(
      Buffer.from(image && 'bytes' in image ? image.bytes : [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  test('leaves out what the model drew while thinking', () => {
    const parts = [{ thought: true, inlineData: { data: 'AAAA' } }, { inlineData: { data: 'BBBB' } }];
    const outcome = answer(200, JSON.stringify({ candidates: [{ content: { parts }, finishReason: 'STOP' }] }));
    expect(outcome).toEqual({
      kind: 'accepted',
      details: {},
      results: [{ kind: 'image', bytes: Buffer.from('BBBB', 'base64') }],
    });
  });

  test('gives the image, whatever is odd beside it', () => {
    const parts = [7, { text: 7, thought: 'no', inlineData: { data: 'BBBB' } }, { inlineData: { data: 7 } }];
    const odd = { modelVersion: 3, responseId: 7, promptFeedback: 'fine' };
    const body = { candidates: [{ content: { parts }, finishReason: 1 }], ...odd };
    expect(answer(200, JSON.stringify(body))).toEqual({
      kind: 'accepted',
      details: {},
      results: [{ kind: 'image', bytes: Buffer.from('BBBB', 'base64') }],
    });
  });

  test.each([
    ['a blocked prompt', 'prompt-block', 'content_rejected', 'PROHIBITED_CONTENT'],
    ['a blocked image', 'output-block', 'content_rejected', 'IMAGE_PROHIBITED_CONTENT'],
    ['no image', 'no-image', 'provider_failed', 'NO_IMAGE'],
    ['text instead of an image', 'text-only', 'provider_failed', 'STOP'],
  ])('that holds %s fails the call with the reason', (...[, name, code, providerCode]) => {
    expect(answer(200, fixture(name))).toMatchObject({
      kind: 'failed',
      error: { code, provider: { status: 200, code: providerCode } },
    });
  });

  test.each(['not JSON', '[]', '{"candidates":"many"}', '"text"', 'null'])('that is %s cannot be read', (body) => {
    expect(answer(200, body)).toMatchObject({ kind: 'failed', error: { code: 'provider_response_invalid' } });
  });

  test('without a candidate or a reason is a failure of the provider', () => {
    expect(answer(200, '{}')).toMatchObject({ kind: 'failed', error: { code: 'provider_failed' } });
  });
});

describe('a refusal', () => {
  test.each([
    [400, 'INVALID_ARGUMENT', 'provider_rejected', false],
    [400, 'FAILED_PRECONDITION', 'provider_rejected', false],
    [401, 'UNAUTHENTICATED', 'provider_authentication', false],
    [403, 'PERMISSION_DENIED', 'provider_authentication', false],
    [404, 'NOT_FOUND', 'provider_rejected', false],
    [429, 'RESOURCE_EXHAUSTED', 'provider_rate_limited', true],
    [503, 'UNAVAILABLE', 'provider_unavailable', true],
  ])('%i %s is %s', (...[status, name, code, retry]) => {
    const provider = { status, code: name, message: 'what happened' };
    expect(answer(status, googleError(status, name))).toMatchObject({
      kind: 'refused',
      retry,
      error: { code, provider },
    });
  });

  test('an invalid key is told from an invalid input', () => {
    expect(answer(400, fixture('invalid-key'))).toMatchObject({
      kind: 'refused',
      retry: false,
      error: { code: 'provider_authentication' },
    });
  });

  test('asks to wait as long as RetryInfo, the message or the header says, and as long as we like where none does', () => {
    const waitOf = (body: Uint8Array | string, headers = {}) => {
      const outcome = answer(429, body, headers);
      return outcome.kind === 'refused' ? outcome.retryAfterSeconds : undefined;
    };
    const inMessage = JSON.stringify({ error: { status: 'RESOURCE_EXHAUSTED', message: 'Please retry in 12.5s.' } });
    expect(waitOf(fixture('rate-limited'))).toBeCloseTo(19.42, 2);
    expect(waitOf(inMessage)).toBe(12.5);
    expect(waitOf(inMessage, { 'retry-after': '3' })).toBe(3);
    expect(waitOf(googleError(429, 'RESOURCE_EXHAUSTED'))).toBeUndefined();
  });

  test('a quota for the day is not waited for', () => {
    expect(answer(429, fixture('daily-quota'))).toMatchObject({
      kind: 'refused',
      retry: false,
      error: { code: 'provider_quota_exceeded' },
    });
  });
});

describe('nobody can know', () => {
  test.each([
    [500, 'INTERNAL'],
    [504, 'DEADLINE_EXCEEDED'],
    [499, 'CANCELLED'],
  ])('whether %i %s was charged', (status, name) => {
    expect(answer(status, googleError(status, name))).toEqual({
      kind: 'unknown',
      reason: `The provider answered ${status} (${name}: what happened).`,
    });
  });
});

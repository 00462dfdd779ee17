import { describe, expect, test } from '@jest/globals';
import { answerWith } from '../test/fixture.ts';
import { fromProviderResponse } from './from-provider-response.ts';
import { toProviderRequest } from './to-provider-request.ts';

const settings = { apiKey: 'key', baseUrl: 'https://ark.example/api/v3', model: 'doubao-seedream-4-0-250828' };
const read = (name: string, headers: Record<string, string> = {}) =>
  fromProviderResponse({ response: answerWith(200, name, headers) });
const answer = (status: number, body: unknown) =>
  fromProviderResponse({
    response: { status, headers: {}, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) },
  });
const address = expect.stringContaining('https://');

describe('the request', () => {
  test('is for one image without a watermark, unless more is asked for', () => {
    expect(toProviderRequest({ input: { prompt: 'a lighthouse' }, images: [], settings })).toEqual({
      url: 'https://ark.example/api/v3/images/generations',
      headers: { authorization: 'Bearer key' },
      body: {
        model: 'doubao-seedream-4-0-250828',
        prompt: 'a lighthouse',
        sequential_image_generation: 'disabled',
        response_format: 'url',
        stream: false,
        watermark: false,
      },
    });
  });

  test('carries everything that can be chosen, and the images inline', () => {
    const input = {
      prompt: 'a',
      size: '2304x1728',
      count: 4,
      watermark: true,
      outputFormat: 'png',
      optimizePrompt: 'fast',
    } as const;
    const images = [{ field: 'images', contentType: 'image/png', bytes: Buffer.from('bytes') }];
    expect(toProviderRequest({ input, images, settings })).toMatchObject({
      body: {
        image: ['data:image/png;base64,Ynl0ZXM='],
        size: '2304x1728',
        sequential_image_generation: 'auto',
        sequential_image_generation_options: { max_images: 4 },
        output_format: 'png',
        optimize_prompt_options: { mode: 'fast' },
        watermark: true,
      },
    });
  });
});

describe('a success', () => {
  test('gives the image by its address, and what was charged', () => {
    expect(read('one-image', { 'x-request-id': '0217' })).toEqual({
      kind: 'accepted',
      externalId: '0217',
      results: [{ kind: 'image', url: address }],
      details: {
        model: 'doubao-seedream-4-0-250828',
        usage: { generatedImages: 1, totalTokens: 16_384 },
        failures: [],
      },
    });
  });

  test('or gives its bytes', () => {
    expect(read('one-image-inline')).toMatchObject({ results: [{ kind: 'image', bytes: expect.any(Buffer) }] });
  });

  test('of a group lists the images that moderation took out', () => {
    expect(read('partly-failed')).toMatchObject({
      kind: 'accepted',
      results: [{ url: address }, { url: address }],
      details: {
        failures: [{ position: 1, code: 'OutputImageSensitiveContentDetected', message: expect.any(String) }],
      },
    });
  });

  test('of a group that was stopped says so beside what it made', () => {
    expect(read('stopped-early')).toMatchObject({
      kind: 'accepted',
      results: [{ url: address }],
      details: { failures: [{ code: 'InternalServiceError' }] },
    });
  });

  test('keeps every image that was paid for, whatever is odd beside them', () => {
    const url = 'https://ark.example/1.jpeg';
    const data = [{ url, error: 'none' }, { error: { code: 500, message: 7 } }, null, 7, { url: 7 }, { url }];
    const usage = { generated_images: 2, total_tokens: '16384' };
    expect(answer(200, { model: 4, data, usage, error: 'none' })).toEqual({
      kind: 'accepted',
      results: [
        { kind: 'image', url },
        { kind: 'image', url },
      ],
      details: { usage: { generatedImages: 2 }, failures: [{ position: 1, code: '500' }] },
    });
    expect(answer(400, { error: { message: 'odd' } })).toMatchObject({ error: { provider: { message: 'odd' } } });
    expect(answer(200, { data: [{ url }], usage: 'much' })).toMatchObject({ results: [{ url }] });
  });

  test('whose images cannot be read is not to be paid for again', () => {
    const error = { code: 'provider_response_invalid', retryable: false };
    expect(answer(200, { data: [{ url: 7 }] })).toMatchObject({ kind: 'failed', error });
  });

  test('that holds nothing but errors fails by the first', () => {
    expect(read('all-failed')).toMatchObject({ kind: 'failed', error: { code: 'content_rejected' } });
    expect(read('error-in-success')).toMatchObject({
      kind: 'failed',
      error: { code: 'provider_failed', provider: { status: 200, code: 'InternalServiceError' } },
    });
    expect(answer(200, { error: { code: 'ModelAccountIpmRateLimitExceeded' } })).toMatchObject({
      error: { code: 'provider_rate_limited', retryable: true },
    });
    expect(answer(200, { data: [] })).toMatchObject({ kind: 'failed', error: { code: 'provider_failed' } });
  });

  test.each(['<html>', '[]', '{"data":7}'])('that is %s cannot be read', (body) => {
    expect(answer(200, body)).toMatchObject({ kind: 'failed', error: { code: 'provider_response_invalid' } });
  });
});

describe('an error', () => {
  test.each([
    [400, 'InvalidParameter.size', 'provider_rejected', false],
    [400, 'InputTextSensitiveContentDetected', 'content_rejected', false],
    [400, 'OutputImageSensitiveContentDetected', 'content_rejected', false],
    [400, 'InputImageRiskDetection', 'content_rejected', false],
    [401, 'AuthenticationError', 'provider_authentication', false],
    [403, 'AccountOverdueError', 'provider_quota_exceeded', false],
    [403, 'OperationDenied.ServiceNotOpen', 'provider_authentication', false],
    [404, 'ModelNotOpen', 'provider_rejected', false],
    [413, 'RequestTooLarge', 'provider_rejected', false],
    [429, 'ModelAccountIpmRateLimitExceeded', 'provider_rate_limited', true],
    [429, 'ServerOverloaded', 'provider_unavailable', true],
    [429, 'QuotaExceeded', 'provider_quota_exceeded', false],
    [429, 'SetLimitExceeded', 'provider_quota_exceeded', false],
  ])('%i %s is %s', (...[status, code, failure, retry]) => {
    expect(answer(status, { error: { code, message: 'what happened' } })).toMatchObject({
      kind: 'refused',
      retry,
      error: { code: failure, provider: { status, code } },
    });
  });

  test('may ask to wait', () => {
    const response = answerWith(429, 'rate-limited', { 'retry-after': '7' });
    expect(fromProviderResponse({ response })).toMatchObject({ retry: true, retryAfterSeconds: 7 });
  });

  test('that comes from within, or not from Ark, does not tell', () => {
    expect(answer(500, { error: { code: 'InternalServiceError' } })).toMatchObject({ kind: 'unknown' });
    expect(answer(500, '<html>')).toMatchObject({ kind: 'unknown' });
  });
});

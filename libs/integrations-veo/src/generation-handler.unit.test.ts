import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { generationHandler } from './generation-handler.ts';

const settings = {
  apiKey: 'key',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  model: 'veo-3.1-generate-preview',
};
const input = { prompt: 'waves at a lighthouse' };
const externalId = 'models/veo-3.1-generate-preview/operations/abc';
const fixture = (name: string) => readFileSync(new URL(`../__fixtures__/${name}.json`, import.meta.url), 'utf8');
const googleError = (status: string, message = 'what happened') => JSON.stringify({ error: { status, message } });
const respond = (status: number, body: string, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: Buffer.from(body),
});
const created = (status: number, body: string, headers = {}) =>
  generationHandler.fromProviderResponse({ response: respond(status, body, headers), input, settings });
const looked = (status: number, body: string, headers = {}) =>
  generationHandler.fromPollResponse({ response: respond(status, body, headers), input, settings, externalId });

describe('the answer to a submission', () => {
  test('names the operation', () => {
    expect(created(200, fixture('created'))).toEqual({ kind: 'accepted', externalId });
  });

  test.each([
    [400, 'INVALID_ARGUMENT', 'provider_rejected', false],
    [400, 'FAILED_PRECONDITION', 'provider_rejected', false],
    [401, 'UNAUTHENTICATED', 'provider_authentication', false],
    [403, 'PERMISSION_DENIED', 'provider_authentication', false],
    [404, 'NOT_FOUND', 'provider_rejected', false],
    [429, 'RESOURCE_EXHAUSTED', 'provider_rate_limited', true],
  ])('%i %s is %s', (...[status, name, code, retry]) => {
    const provider = { status, code: name, message: 'what happened' };
    expect(created(status, googleError(name))).toMatchObject({ kind: 'refused', retry, error: { code, provider } });
  });

  test('an invalid key is told from an invalid input, by its reason or its message', () => {
    for (const body of [fixture('invalid-key'), googleError('INVALID_ARGUMENT', 'API key not valid.')]) {
      expect(created(400, body)).toMatchObject({ kind: 'refused', error: { code: 'provider_authentication' } });
    }
  });

  test('a blocked prompt is told from an invalid input by its message', () => {
    const body = googleError('INVALID_ARGUMENT', 'The prompt violates our policies.');
    expect(created(400, body)).toMatchObject({ kind: 'refused', retry: false, error: { code: 'content_rejected' } });
  });

  test('waits as long as RetryInfo, the message or the header says', () => {
    const inMessage = googleError('RESOURCE_EXHAUSTED', 'Please retry in 12.5s.');
    const waitOf = (body: string, headers = {}) => {
      const outcome = created(429, body, headers);
      return outcome.kind === 'refused' ? outcome.retryAfterSeconds : undefined;
    };
    expect(waitOf(fixture('rate-limited'))).toBeCloseTo(19.42, 2);
    expect(waitOf(inMessage)).toBe(12.5);
    expect(waitOf(inMessage, { 'retry-after': '3' })).toBe(3);
    expect(waitOf(googleError('RESOURCE_EXHAUSTED'))).toBeUndefined();
  });

  test('a quota for the day is not waited for', () => {
    expect(created(429, fixture('daily-quota'))).toMatchObject({
      kind: 'refused',
      retry: false,
      error: { code: 'provider_quota_exceeded' },
    });
  });

  test.each([
    [500, googleError('INTERNAL')],
    [503, googleError('UNAVAILABLE')],
    [504, googleError('DEADLINE_EXCEEDED')],
    [502, '<html>'],
    [200, '{}'],
    [200, '{"name":"../../../else"}'],
    [200, '{"name":"https://elsewhere.example/operation"}'],
    [200, 'null'],
    [200, 'rubbish'],
  ])('%i %s does not tell whether it was taken', (status, body) => {
    expect(created(status, body)).toMatchObject({ kind: 'unknown' });
  });
});

test('an operation of an unusual name is taken all the same', () => {
  const name = 'models/veo-3.1/operations/abc~1';
  expect(created(200, JSON.stringify({ name }))).toEqual({ kind: 'accepted', externalId: name });
});

describe('the answer to a look', () => {
  const done = (content: unknown) => JSON.stringify({ name: externalId, done: true, ...(content as object) });

  test('goes on while it is not done', () => {
    expect(looked(200, fixture('pending'))).toEqual({ kind: 'pending' });
    expect(looked(200, JSON.stringify({ name: externalId, done: false }))).toEqual({ kind: 'pending' });
  });

  test('gives the video, which is downloaded with the key', () => {
    expect(looked(200, fixture('done'))).toEqual({
      kind: 'succeeded',
      results: [
        {
          kind: 'video',
          url: 'https://generativelanguage.googleapis.com/v1beta/files/xyz:download?alt=media',
          headers: { 'x-goog-api-key': 'key' },
        },
      ],
    });
  });

  test('gives several videos, and says why others were held back', () => {
    expect(looked(200, fixture('done-several'))).toMatchObject({
      kind: 'succeeded',
      results: [{ url: expect.stringContaining('/one:') }, { url: expect.stringContaining('/two:') }],
      details: { filteredReasons: ['The audio was filtered.'] },
    });
  });

  test('keeps the key from other origins', () => {
    const generatedSamples = [{ video: { uri: 'https://elsewhere.example/video.mp4' } }];
    expect(looked(200, done({ response: { generateVideoResponse: { generatedSamples } } }))).toEqual({
      kind: 'succeeded',
      results: [{ kind: 'video', url: 'https://elsewhere.example/video.mp4', headers: {} }],
    });
  });

  test('is content_rejected with Google’s reasons where everything was held back', () => {
    expect(looked(200, fixture('filtered'))).toMatchObject({
      kind: 'failed',
      error: { code: 'content_rejected', provider: { message: expect.stringContaining('issue with the prompt') } },
    });
    const counted = done({ response: { generateVideoResponse: { raiMediaFilteredCount: 1 } } });
    expect(looked(200, counted)).toMatchObject({ kind: 'failed', error: { code: 'content_rejected' } });
  });

  test.each([
    [{}],
    [{ response: {} }],
    [{ response: { generateVideoResponse: { generatedSamples: [] } } }],
    [{ response: { generateVideoResponse: { generatedSamples: [{ video: { uri: 'file:///etc/passwd' } }, null] } } }],
    [{ response: { generateVideoResponse: { generatedSamples: [{ video: { encodedVideo: 'AAAA' } }] } } }],
    [{ response: { videos: [{ bytesBase64Encoded: 'AAAA' }] } }],
  ])('%j is done, perhaps charged, and names no video that can be read: nobody is told to pay again', (content) => {
    expect(looked(200, done(content))).toMatchObject({
      kind: 'failed',
      error: { code: 'provider_response_invalid', retryable: false },
    });
  });

  test.each([
    [3, 'provider_rejected'],
    [7, 'provider_authentication'],
    [8, 'provider_rate_limited'],
    [13, 'provider_failed'],
    [14, 'provider_unavailable'],
    [99, 'provider_failed'],
    ['14', 'provider_failed'],
    [undefined, 'provider_failed'],
  ])('an operation that failed with the gRPC code %s is %s', (code, failureCode) => {
    const message = 'what happened';
    expect(looked(200, done({ error: { code, message } }))).toMatchObject({
      kind: 'failed',
      error: { code: failureCode, provider: { message } },
    });
  });

  test('the input’s fault keeps Google’s words, and a policy is told by them', () => {
    expect(looked(200, fixture('failed'))).toMatchObject({
      error: {
        code: 'provider_rejected',
        provider: { code: 'INVALID_ARGUMENT', message: 'The input image is too small.' },
      },
    });
    const blocked = done({ error: { code: 3, message: 'It violates our usage policies.' } });
    expect(looked(200, blocked)).toMatchObject({ error: { code: 'content_rejected' } });
  });

  test('an operation may be cancelled by the provider', () => {
    expect(looked(200, done({ error: { code: 1, message: 'cancelled' } }))).toEqual({ kind: 'cancelled' });
  });

  test('NOT_FOUND says that the operation is not known', () => {
    expect(looked(404, googleError('NOT_FOUND'))).toEqual({ kind: 'not_found' });
  });

  test.each([
    [401, googleError('UNAUTHENTICATED')],
    [429, fixture('rate-limited')],
    [500, googleError('INTERNAL')],
    [503, googleError('UNAVAILABLE')],
    [404, '<html>'],
    [502, ''],
    [200, '[]'],
    [200, '{"done":"yes"}'],
  ])('%i %s says nothing of the operation', (status, body) => {
    expect(looked(status, body)).toMatchObject({ kind: 'unavailable' });
  });

  test('a rate limit tells how long all looks wait', () => {
    expect(looked(429, googleError('RESOURCE_EXHAUSTED', 'Please retry in 12s.'))).toMatchObject({
      kind: 'unavailable',
      retryAfterSeconds: 12,
    });
  });
});

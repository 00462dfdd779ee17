import { describe, expect, test } from '@jest/globals';
import type { ProviderResponse } from '@darkroom/integration-sdk/worker';
import { answerWith } from '../test/fixture.ts';
import { callback } from './callback.ts';
import { videoHandler } from './video-handler.ts';

const settings = { apiKey: 'key', baseUrl: 'https://ark.example/tasks', model: 'doubao-seedance-2-0-260128' };
const input = { prompt: 'a' };
const fromProviderResponse = ({ response }: { response: ProviderResponse }) =>
  videoHandler.fromProviderResponse({ response, input, settings });
const fromPollResponse = ({ response }: { response: ProviderResponse }) =>
  videoHandler.fromPollResponse({ response, externalId: 'cgt-1', input, settings });

const said = (status: number, code: string) => ({
  status,
  headers: {},
  body: Buffer.from(JSON.stringify({ error: { code, message: 'what happened', param: '', type: 'any' } })),
});
const page = (status: number) => ({ status, headers: {}, body: Buffer.from('<html>') });

describe('the answer to a submission', () => {
  test('names the task', () => {
    expect(fromProviderResponse({ response: answerWith(200, 'created') })).toEqual({
      kind: 'accepted',
      externalId: 'cgt-20260514183217-t8rzv',
    });
  });

  test('that names none may stand for a task', () => {
    expect(fromProviderResponse({ response: page(200) })).toMatchObject({ kind: 'unknown' });
  });

  test.each([
    [400, 'MissingParameter.model', 'provider_rejected', false],
    [400, 'InvalidParameter.content', 'provider_rejected', false],
    [400, 'InvalidEndpoint.ClosedEndpoint', 'provider_rejected', false],
    [400, 'InputTextSensitiveContentDetected', 'content_rejected', false],
    [400, 'InputImageSensitiveContentDetected.PrivacyInformation', 'content_rejected', false],
    [400, 'SensitiveContentDetected.SevereViolation', 'content_rejected', false],
    [400, 'InputTextRiskDetection', 'content_rejected', false],
    [400, 'ContentSecurityDetectionError', 'content_rejected', false],
    [401, 'AuthenticationError', 'provider_authentication', false],
    [401, 'InvalidAccountStatus', 'provider_authentication', false],
    [403, 'AccountOverdueError', 'provider_quota_exceeded', false],
    [403, 'AccessDenied', 'provider_authentication', false],
    [403, 'OperationDenied.ServiceNotOpen', 'provider_authentication', false],
    [403, 'OperationDenied.ServiceOverdue', 'provider_quota_exceeded', false],
    [404, 'InvalidEndpointOrModel.NotFound', 'provider_rejected', false],
    [404, 'ModelNotOpen', 'provider_rejected', false],
    [404, 'NotFound.Parameter', 'provider_rejected', false],
    [404, 'UnsupportedModel', 'provider_rejected', false],
    [429, 'RateLimitExceeded.EndpointTPMExceeded', 'provider_rate_limited', true],
    [429, 'ModelAccountRpmRateLimitExceeded', 'provider_rate_limited', true],
    [429, 'APIAccountRpmRateLimitExceeded', 'provider_rate_limited', true],
    [429, 'AccountRateLimitExceeded', 'provider_rate_limited', true],
    [429, 'RequestBurstTooFast', 'provider_rate_limited', true],
    [429, 'ServerOverloaded', 'provider_unavailable', true],
    [429, 'ModelLoadingError', 'provider_unavailable', true],
    [429, 'InflightBatchsizeExceeded', 'provider_unavailable', true],
    [429, 'QuotaExceeded', 'provider_quota_exceeded', false],
    [429, 'SetLimitExceeded', 'provider_quota_exceeded', false],
    [429, 'AccountQuotaExceeded', 'provider_quota_exceeded', false],
  ])('%i %s is %s', (...[status, code, failure, retry]) => {
    expect(fromProviderResponse({ response: said(status, code) })).toMatchObject({
      kind: 'refused',
      retry,
      error: { code: failure, provider: { status, code, message: 'what happened' } },
    });
  });

  test('may ask to wait, though no document says so', () => {
    const response = answerWith(429, 'rate-limited', { 'retry-after': '7' });
    expect(fromProviderResponse({ response })).toMatchObject({ retry: true, retryAfterSeconds: 7 });
  });

  test('may leave open whether a task was made', () => {
    expect(fromProviderResponse({ response: said(500, 'InternalServiceError') })).toMatchObject({ kind: 'unknown' });
    for (const status of [408, 500, 502]) {
      expect(fromProviderResponse({ response: page(status) })).toMatchObject({ kind: 'unknown' });
    }
  });
});

describe('a look', () => {
  const look = (status: number, name: string) => fromPollResponse({ response: answerWith(status, name) });
  const video = expect.stringContaining('.mp4');

  test.each(['queued', 'running', 'reviewing'])(
    'at a task that is %s goes on, also where nobody knows the state',
    (state) => {
      expect(look(200, state)).toEqual({ kind: 'pending', step: state });
    },
  );

  test('at a success finds the video and what the task says of itself', () => {
    expect(look(200, 'succeeded')).toEqual({
      kind: 'succeeded',
      results: [{ kind: 'video', url: video }],
      details: {
        model: 'doubao-seedance-2-0-260128',
        usage: { completionTokens: 108_900, totalTokens: 108_900 },
        seed: 1276,
        resolution: '720p',
        ratio: '16:9',
        serviceTier: 'default',
        generateAudio: true,
        draft: false,
      },
    });
  });

  test('at a success finds the video, whatever is odd beside it', () => {
    const task = {
      id: 'cgt-1',
      status: 'succeeded',
      model: 7,
      content: { video_url: 'https://ark.example/1.mp4', last_frame_url: 7 },
      error: 'none',
      usage: { completion_tokens: 'many', total_tokens: 108_900 },
      seed: '1276',
      resolution: 720,
      generate_audio: 'yes',
      draft: 0,
    };
    const body = Buffer.from(JSON.stringify(task));
    expect(fromPollResponse({ response: { status: 200, headers: {}, body } })).toEqual({
      kind: 'succeeded',
      results: [{ kind: 'video', url: 'https://ark.example/1.mp4' }],
      details: { usage: { totalTokens: 108_900 } },
    });
  });

  test('finds the last frame too, where it was asked for', () => {
    expect(look(200, 'succeeded-with-last-frame')).toMatchObject({
      results: [
        { kind: 'video', url: video },
        { kind: 'image', role: 'last_frame', url: expect.stringContaining('last_frame.png') },
      ],
    });
  });

  test('at a success whose file is cleared fails', () => {
    expect(look(200, 'succeeded-and-cleared')).toMatchObject({ kind: 'failed', error: { code: 'result_unavailable' } });
  });

  test('at a task that failed tells why', () => {
    expect(look(200, 'failed')).toMatchObject({
      kind: 'failed',
      error: {
        code: 'content_rejected',
        retryable: false,
        provider: { code: 'OutputVideoSensitiveContentDetected.PolicyViolation' },
      },
    });
  });

  test.each([
    ['OutputVideoSensitiveContentDetected', 'content_rejected', true],
    ['InternalServiceError', 'provider_failed', true],
    ['InvalidParameter', 'provider_rejected', false],
    ['NeverHeardOf', 'provider_failed', true],
  ])('at a task that failed by %s is %s', (code, failure, retryable) => {
    const response = {
      ...said(200, code),
      body: Buffer.from(JSON.stringify({ id: 'cgt-1', status: 'failed', error: { code } })),
    };
    expect(fromPollResponse({ response })).toMatchObject({ error: { code: failure, retryable } });
  });

  test('knows a task that the provider cancelled, and one that expired', () => {
    expect(look(200, 'cancelled')).toEqual({ kind: 'cancelled' });
    expect(look(200, 'expired')).toMatchObject({
      kind: 'failed',
      error: { code: 'provider_expired', retryable: true },
    });
  });

  test('at a task that is not there', () => {
    expect(look(404, 'task-not-found')).toEqual({ kind: 'not_found' });
  });

  test('that says nothing of the task is made again', () => {
    for (const response of [
      page(200),
      page(404),
      page(502),
      said(401, 'AuthenticationError'),
      said(500, 'InternalServiceError'),
    ]) {
      expect(fromPollResponse({ response })).toMatchObject({ kind: 'unavailable' });
    }
    expect(fromPollResponse({ response: answerWith(429, 'rate-limited', { 'retry-after': '7' }) })).toMatchObject({
      kind: 'unavailable',
      retryAfterSeconds: 7,
    });
  });
});

describe('a callback', () => {
  const read = (body: unknown) => callback.read({ headers: {}, body, settings: {}, now: new Date() });

  test.each([
    ['queued', false],
    ['running', false],
    ['reviewing', false],
    ['succeeded', true],
    ['failed', true],
    ['expired', true],
    ['cancelled', true],
  ])('about a task that is %s', (status, isFinal) => {
    expect(read({ id: 'cgt-1', status })).toEqual({ kind: 'accepted', externalId: 'cgt-1', isFinal });
  });

  test('is taken with whatever is odd beside its id', () => {
    const odd = { id: 'cgt-1', status: 'succeeded', seed: '1276', content: 'none', usage: [] };
    expect(read(odd)).toEqual({ kind: 'accepted', externalId: 'cgt-1', isFinal: true });
    expect(read({ id: 'cgt-1', status: 7 })).toEqual({ kind: 'accepted', externalId: 'cgt-1', isFinal: false });
  });

  test('that is no task is refused', () => {
    expect(read({ hello: 'there' })).toMatchObject({ kind: 'refused', status: 400 });
    expect(read(undefined)).toMatchObject({ kind: 'refused', status: 400 });
  });
});

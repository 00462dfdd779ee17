import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { generationHandler } from './generation-handler.ts';
import { videoOutputSchema } from './output.schema.ts';

const settings = { apiKey: 'key', baseUrl: 'https://gateway.example/v1', model: 'sora-2' };
const input = { prompt: 'waves at a lighthouse' };
const externalId = 'video_123';
const fixture = (name: string) => readFileSync(new URL(`../__fixtures__/${name}.json`, import.meta.url), 'utf8');
const apiError = (code: string | null, type = 'invalid_request_error') =>
  JSON.stringify({ error: { message: 'what happened', type, param: null, code } });
const respond = (status: number, body: string, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: Buffer.from(body),
});
const created = (status: number, body: string, headers = {}) =>
  generationHandler.fromProviderResponse({ response: respond(status, body, headers), input, settings });
const looked = (status: number, body: string, headers = {}) =>
  generationHandler.fromPollResponse({ response: respond(status, body, headers), input, settings, externalId });

describe('the request', () => {
  test('is a form that holds nothing that was not chosen', () => {
    expect(generationHandler.toProviderRequest({ input, images: [], mediaUrls: [], settings })).toEqual({
      url: 'https://gateway.example/v1/videos',
      headers: { authorization: 'Bearer key' },
      form: [
        { name: 'model', text: 'sora-2' },
        { name: 'prompt', text: 'waves at a lighthouse' },
      ],
    });
  });

  test('carries seconds as text, the size, and the image as a file', () => {
    const images = [{ field: 'image', contentType: 'image/jpeg', bytes: Buffer.from('bytes') }];
    const given = { ...input, seconds: 8, size: '1280x720' } as const;
    expect(generationHandler.toProviderRequest({ input: given, images, mediaUrls: [], settings })).toMatchObject({
      form: [
        {},
        {},
        { name: 'seconds', text: '8' },
        { name: 'size', text: '1280x720' },
        { name: 'input_reference', fileName: 'image.jpeg', contentType: 'image/jpeg', bytes: Buffer.from('bytes') },
      ],
    });
  });

  test('a look names the video', () => {
    expect(generationHandler.toPollRequest({ externalId: 'video/1', settings })).toEqual({
      method: 'GET',
      url: 'https://gateway.example/v1/videos/video%2F1',
      headers: { authorization: 'Bearer key' },
    });
  });
});

describe('the answer to a submission', () => {
  test.each(['queued', 'in-progress', 'failed'])('%s names the video', (name) => {
    expect(created(200, fixture(name))).toEqual({ kind: 'accepted', externalId });
  });

  test('names the video, whatever else it says', () => {
    expect(created(201, '{"id":"video_123","status":7}')).toEqual({ kind: 'accepted', externalId });
  });

  test.each([
    [400, 'invalid_value', 'provider_rejected', false],
    [400, 'moderation_blocked', 'content_rejected', false],
    [403, 'content_policy_violation', 'content_rejected', false],
    [401, 'invalid_api_key', 'provider_authentication', false],
    [403, 'unsupported_country', 'provider_authentication', false],
    [400, 'billing_hard_limit_reached', 'provider_quota_exceeded', false],
    [402, 'payment_required', 'provider_quota_exceeded', false],
    [429, 'insufficient_quota', 'provider_quota_exceeded', false],
    [404, 'model_not_found', 'provider_rejected', false],
    [413, 'too_large', 'provider_rejected', false],
    [422, 'invalid', 'provider_rejected', false],
    [429, 'rate_limit_exceeded', 'provider_rate_limited', true],
  ])('%i %s is %s', (...[status, name, code, retry]) => {
    expect(created(status, apiError(name))).toMatchObject({
      kind: 'refused',
      retry,
      error: { code, provider: { status, code: name, message: 'what happened' } },
    });
  });

  test('the fixtures’ errors are what they are called', () => {
    expect(created(429, fixture('rate-limited'), { 'retry-after': '3' })).toMatchObject({
      retry: true,
      retryAfterSeconds: 3,
    });
    expect(created(429, fixture('insufficient-quota'))).toMatchObject({ error: { code: 'provider_quota_exceeded' } });
    expect(created(400, fixture('moderation'))).toMatchObject({ error: { code: 'content_rejected' } });
  });

  test('without a code the type counts', () => {
    expect(created(429, apiError(null, 'insufficient_quota'))).toMatchObject({
      error: { code: 'provider_quota_exceeded' },
    });
  });

  test.each([
    [500, apiError('server_error')],
    [503, apiError('overloaded')],
    [504, apiError(null)],
    [502, '<html>'],
    [200, '{}'],
    [200, '{"id":"","status":"queued"}'],
    [200, 'rubbish'],
    [200, 'null'],
  ])('%i %s does not tell whether it was taken', (status, body) => {
    expect(created(status, body)).toMatchObject({ kind: 'unknown' });
  });
});

describe('the answer to a look', () => {
  test('goes on while it is queued or made, and tells how far it is', () => {
    expect(looked(200, fixture('queued'))).toEqual({ kind: 'pending', step: 'queued', percent: 0 });
    expect(looked(200, fixture('in-progress'))).toEqual({ kind: 'pending', step: 'in_progress', percent: 40 });
  });

  test('goes on in a state that nobody knows, whatever its progress', () => {
    expect(looked(200, '{"id":"video_123","status":"paused","progress":"some"}')).toEqual({ kind: 'pending' });
  });

  test('gives the video and its thumbnail, which are downloaded with the key', () => {
    const headers = { authorization: 'Bearer key' };
    const content = 'https://gateway.example/v1/videos/video_123/content';
    expect(looked(200, fixture('completed'))).toEqual({
      kind: 'succeeded',
      results: [
        { kind: 'video', url: `${content}?variant=video`, headers },
        { kind: 'image', role: 'thumbnail', url: `${content}?variant=thumbnail`, headers },
      ],
    });
  });

  test.each([
    ['failed', 'provider_failed', 'internal_error'],
    ['moderated', 'content_rejected', 'moderation_blocked'],
  ])('a job that %s is %s', (name, code, providerCode) => {
    expect(looked(200, fixture(name))).toMatchObject({
      kind: 'failed',
      error: { code, provider: { code: providerCode, message: expect.any(String) } },
    });
  });

  test('a job may fail without a word', () => {
    const body = JSON.stringify({ id: externalId, status: 'failed', error: null });
    expect(looked(200, body)).toMatchObject({ kind: 'failed', error: { code: 'provider_failed' } });
  });

  test('a compatible server may cancel a job, or give it up', () => {
    for (const status of ['cancelled', 'canceled'])
      expect(looked(200, JSON.stringify({ id: externalId, status }))).toEqual({ kind: 'cancelled' });
    const body = JSON.stringify({ id: externalId, status: 'expired', error: { message: 'too late' } });
    expect(looked(200, body)).toMatchObject({
      kind: 'failed',
      error: { code: 'provider_expired', provider: { message: 'too late' } },
    });
  });

  test('404 in its own envelope says that the video is not known', () => {
    expect(looked(404, apiError('not_found'))).toEqual({ kind: 'not_found' });
  });

  test.each([
    [401, apiError('invalid_api_key')],
    [429, fixture('rate-limited')],
    [500, apiError('server_error')],
    [503, apiError('overloaded')],
    [404, '<html>'],
    [502, ''],
    [200, '{}'],
    [200, 'rubbish'],
  ])('%i %s says nothing of the video', (status, body) => {
    expect(looked(status, body, { 'retry-after': '9' })).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 9 });
  });
});

describe('the list', () => {
  const { listing } = generationHandler;
  const listed = (status: number, body: string) => listing?.fromListResponse({ response: respond(status, body) });

  test('is asked newest first', () => {
    expect(listing?.toListRequest({ input, settings, since: new Date(), page: 1 })).toEqual({
      method: 'GET',
      url: 'https://gateway.example/v1/videos?order=desc&limit=100',
      headers: { authorization: 'Bearer key' },
    });
  });

  test('goes on after the last video of the page before', () => {
    const query = listing?.toListRequest({ input, settings, since: new Date(), page: 2, after: 'video_122' });
    expect(query?.url).toBe('https://gateway.example/v1/videos?order=desc&limit=100&after=video_122');
  });

  test('tells which videos there are, when they were made, and whether there are more', () => {
    expect(listed(200, fixture('list'))).toEqual({
      kind: 'listed',
      tasks: [
        { externalId: 'video_123', createdAt: new Date('2024-04-09T21:20:00Z') },
        { externalId: 'video_122', createdAt: new Date('2024-04-09T21:18:20Z') },
      ],
      hasMore: true,
    });
  });

  test.each([
    [404, '<html>'],
    [200, '{"data":[]}'],
    [200, '{"data":[{"id":"video_1"}],"has_more":false}'],
    [429, fixture('rate-limited')],
  ])('%i %s proves nothing', (status, body) => {
    expect(listed(status, body)).toMatchObject({ kind: 'unavailable' });
  });
});

test('the output holds the video, and the thumbnail where there is one', () => {
  const facts = {
    artifactId: 'art_01h2xcejqtf2nbrexx3vqjhp41',
    contentType: 'video/mp4',
    bytes: 1,
    sha256: '0'.repeat(64),
  };
  const thumbnail = { ...facts, contentType: 'image/webp', role: 'thumbnail' as const };
  const both = generationHandler.toOutput({ artifacts: [facts, thumbnail], details: {} });
  expect(videoOutputSchema.parse(both)).toEqual({ videos: [facts], thumbnail });
  expect(generationHandler.toOutput({ artifacts: [facts], details: {} })).toEqual({ videos: [facts] });
});

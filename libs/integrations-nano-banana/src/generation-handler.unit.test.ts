import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { generationHandler } from './generation-handler.ts';
import type { GenerationInput } from './input.schema.ts';

const settings = { apiUrl: 'https://api.kie.example', apiKey: 'key' };
const input = { prompt: 'a lighthouse' };
const fixture = (name: string) => readFileSync(new URL(`../__fixtures__/${name}.json`, import.meta.url), 'utf8');
const envelope = (code: number, msg = 'what happened') => JSON.stringify({ code, msg, data: null });
const respond = (status: number, body: string, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: Buffer.from(body),
});
const created = (status: number, body: string, headers = {}) =>
  generationHandler.fromProviderResponse({ response: respond(status, body, headers), input, settings });
const looked = (status: number, body: string, headers = {}) =>
  generationHandler.fromPollResponse({
    response: respond(status, body, headers),
    input,
    settings,
    externalId: 'task_1',
  });

describe('the request', () => {
  const bodyOf = (given: GenerationInput, images: string[] = [], callbackUrl?: string) => {
    const mediaUrls = images.map((url) => ({ field: 'images', url }));
    const request = generationHandler.toProviderRequest({
      input: given,
      images: [],
      mediaUrls,
      settings,
      ...(callbackUrl && { callbackUrl }),
    });
    return 'body' in request ? (JSON.parse(JSON.stringify(request.body)) as unknown) : undefined;
  };

  test('goes to createTask with the key', () => {
    expect(generationHandler.toProviderRequest({ input, images: [], mediaUrls: [], settings })).toMatchObject({
      url: 'https://api.kie.example/api/v1/jobs/createTask',
      headers: { authorization: 'Bearer key' },
    });
  });

  test('asks for nothing that was not chosen, of the usual model', () => {
    expect(bodyOf({ prompt: 'a lighthouse' })).toEqual({ model: 'nano-banana-2', input: { prompt: 'a lighthouse' } });
  });

  test('carries the callback’s address where there is one', () => {
    expect(bodyOf(input, [], 'https://us.example/callbacks/nano-banana/token')).toMatchObject({
      callBackUrl: 'https://us.example/callbacks/nano-banana/token',
    });
  });

  const chosen = { prompt: 'a', aspectRatio: '16:9', outputFormat: 'jpeg' } as const;
  const image = 'https://a.example/1.png';
  test.each<[GenerationInput, Record<string, unknown>]>([
    [
      { ...chosen, model: 'google/nano-banana-edit' },
      { image_urls: [image], image_size: '16:9', output_format: 'jpeg' },
    ],
    [
      { ...chosen, model: 'nano-banana-pro', resolution: '2K' },
      { image_input: [image], aspect_ratio: '16:9', output_format: 'jpg', resolution: '2K' },
    ],
    [
      { ...chosen, model: 'nano-banana-2', resolution: '4K', googleSearch: true },
      { image_input: [image], aspect_ratio: '16:9', output_format: 'jpg', resolution: '4K', google_search: true },
    ],
    [
      { prompt: 'a', model: 'nano-banana-2-lite', aspectRatio: '16:9' },
      { image_urls: [image], aspect_ratio: '16:9' },
    ],
  ])('names the fields as the model does: %j', (given, fields) => {
    expect(bodyOf(given, [image])).toEqual({ model: given.model, input: { prompt: 'a', ...fields } });
  });

  test('a look names the task', () => {
    expect(generationHandler.toPollRequest({ externalId: 'a/b', settings })).toEqual({
      method: 'GET',
      url: 'https://api.kie.example/api/v1/jobs/recordInfo?taskId=a%2Fb',
      headers: { authorization: 'Bearer key' },
    });
  });
});

describe('the answer to a submission', () => {
  test.each([
    ['created', 'task_nano-banana-2_1765178625768'],
    ['created-older', '281e5b0f39b9b7fd1dd3bd8e1c2f5b5a'],
  ])('%s gives the task', (name, externalId) => {
    expect(created(200, fixture(name))).toEqual({ kind: 'accepted', externalId });
  });

  const refusals = [
    [400, 'provider_rejected', false],
    [401, 'provider_authentication', false],
    [402, 'provider_quota_exceeded', false],
    [404, 'provider_rejected', false],
    [422, 'provider_rejected', false],
    [429, 'provider_rate_limited', true],
    [433, 'provider_quota_exceeded', false],
    [455, 'provider_unavailable', true],
    [505, 'provider_rejected', false],
  ] as const;
  test.each(refusals)('code %i is %s, inside HTTP 200 as well as beside its own status', (code, failureCode, retry) => {
    for (const status of [200, code]) {
      expect(created(status, envelope(code))).toMatchObject({
        kind: 'refused',
        retry,
        error: { code: failureCode, provider: { status, code: String(code), message: 'what happened' } },
      });
    }
  });

  test('a policy is told from a wrong parameter by the message, in either field', () => {
    const older = JSON.stringify({ code: 422, message: 'Your prompt was flagged', data: null });
    expect(created(200, older)).toMatchObject({ kind: 'refused', error: { code: 'content_rejected' } });
  });

  test('an envelope without data is kie.ai’s all the same', () => {
    expect(created(200, '{"code":402,"msg":"Credits insufficient"}')).toMatchObject({
      kind: 'refused',
      error: { code: 'provider_quota_exceeded' },
    });
  });

  test('says how long to wait where a gateway does', () => {
    expect(created(429, envelope(429), { 'retry-after': '7' })).toMatchObject({ retryAfterSeconds: 7 });
  });

  test('501 says that the generation has failed', () => {
    expect(created(200, envelope(501))).toMatchObject({ kind: 'failed', error: { code: 'provider_failed' } });
  });

  test.each([
    [200, envelope(408)],
    [200, envelope(500)],
    [500, envelope(500)],
    [500, envelope(200)],
    [200, envelope(999)],
    [200, JSON.stringify({ code: 200, msg: 'success', data: {} })],
    [200, '<html>'],
    [502, ''],
    [200, '[]'],
    [200, 'null'],
  ])('%i %s does not tell whether a task was created', (status, body) => {
    expect(created(status, body)).toMatchObject({ kind: 'unknown' });
  });
});

describe('the answer to a look', () => {
  test.each([
    ['waiting', 'waiting'],
    ['queuing', 'queuing'],
    ['generating', 'generating'],
  ])('%s goes on', (state, step) => {
    expect(looked(200, fixture(`record-${state}`))).toEqual({ kind: 'pending', step });
  });

  test('a state that nobody knows goes on', () => {
    const body = JSON.stringify({ code: 200, msg: 'success', data: { taskId: 't', state: 'paused' } });
    expect(looked(200, body)).toEqual({ kind: 'pending' });
  });

  test('success gives every image, out of a string', () => {
    expect(looked(200, fixture('record-success'))).toEqual({
      kind: 'succeeded',
      results: [
        { kind: 'image', url: 'https://tempfile.aiquickdraw.com/one.png' },
        { kind: 'image', url: 'https://tempfile.aiquickdraw.com/two.png' },
      ],
      details: { model: 'nano-banana-2' },
    });
  });

  test('success gives every image that can be read, also out of an object', () => {
    const resultJson = { resultUrls: [7, null, '', 'https://a.example/1.png'] };
    for (const given of [resultJson, JSON.stringify(resultJson)]) {
      const body = JSON.stringify({ code: '200', msg: 7, data: { state: 'success', model: 7, resultJson: given } });
      const results = [{ kind: 'image', url: 'https://a.example/1.png' }];
      expect(looked(200, body)).toMatchObject({ kind: 'succeeded', results });
    }
  });

  test('success that names no image at all has none', () => {
    const body = JSON.stringify({ code: 200, data: { state: 'success', resultJson: '{"resultUrls":[]}' } });
    expect(looked(200, body)).toMatchObject({ kind: 'succeeded', results: [] });
  });

  test.each([
    undefined,
    null,
    '',
    'rubbish',
    '{"resultUrls":[7]}',
    '{"resultObject":{}}',
    '"text"',
    7,
    { resultUrls: 7 },
  ])('success with the result %j is looked at again: it is paid for', (resultJson) => {
    const body = JSON.stringify({ code: 200, msg: 'success', data: { state: 'success', resultJson } });
    expect(looked(200, body)).toMatchObject({ kind: 'unavailable' });
  });

  test.each([
    ['500', 'Internal server error', 'provider_failed'],
    ['501', '', 'provider_failed'],
    ['400', 'The input violates our content policy', 'content_rejected'],
    ['400', 'image_input is not a picture', 'provider_rejected'],
    [422, 'bad', 'provider_rejected'],
    ['401', 'upstream', 'provider_failed'],
    ['429', 'upstream', 'provider_failed'],
    [null, null, 'provider_failed'],
  ])('fail %s (%s) is %s', (failCode, failMsg, code) => {
    const body = JSON.stringify({
      code: 200,
      msg: 'success',
      data: { state: 'fail', resultJson: null, failCode, failMsg },
    });
    expect(looked(200, body)).toMatchObject({ kind: 'failed', error: { code } });
  });

  test('the vendor’s failed task keeps its own words', () => {
    expect(looked(200, fixture('record-fail'))).toMatchObject({
      error: { code: 'provider_failed', provider: { code: '500', message: 'Internal server error' } },
    });
  });

  test('"recordInfo is null" and 404 say that the task is not known', () => {
    expect(looked(200, fixture('record-null'))).toEqual({ kind: 'not_found' });
    expect(looked(422, fixture('record-null'))).toEqual({ kind: 'not_found' });
    expect(looked(200, envelope(404, 'Task not found'))).toEqual({ kind: 'not_found' });
  });

  test.each([
    [200, envelope(401)],
    [200, envelope(408)],
    [429, envelope(429)],
    [200, envelope(455)],
    [200, envelope(500)],
    [404, '<html>'],
    [502, ''],
    [200, '[]'],
    [200, JSON.stringify({ code: 200, msg: 'success', data: null })],
  ])('%i %s says nothing of the task', (status, body) => {
    expect(looked(status, body, { 'retry-after': '9' })).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 9 });
  });
});

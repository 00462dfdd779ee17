import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createTaskHandler } from './create-task-handler.ts';
import type { TaskState } from './task-api.ts';

const settings = { baseUrl: 'https://provider.example', apiKey: 'key' };
const headers = { authorization: 'Bearer key' };
const task = { externalId: 'task 1', settings };
const input = { prompt: 'a lighthouse' };
const rule = (failure: 'provider_failed' | 'result_unavailable' | 'provider_expired') => ({
  failure,
  advice: 'Again.',
});

/** A provider whose tasks are what the test says they are. */
const handlerFor = (state: TaskState) =>
  createTaskHandler<typeof input, { urls: number }, typeof settings, { id: string }>({
    toProviderRequest: () => ({ url: `${settings.baseUrl}/tasks`, headers, body: {} }),
    toOutput: ({ artifacts }) => ({ urls: artifacts.length }),
    headers: ({ apiKey }) => ({ authorization: `Bearer ${apiKey}` }),
    taskUrl: ({ externalId }) => `${settings.baseUrl}/tasks/${encodeURIComponent(externalId)}`,
    createdSchema: z.object({ id: z.string() }).transform(({ id }) => id),
    taskSchema: z.object({ id: z.string() }),
    errorSchema: z.object({ error: z.string() }).transform(({ error }) => ({ code: error })),
    errors: {
      submission: [{ code: /^no$/, failure: 'provider_rejected', advice: 'Change it.' }],
      task: [{ code: /^blocked$/, failure: 'content_rejected', advice: 'Change it.' }],
      otherwise: rule('provider_failed'),
      withoutResult: rule('result_unavailable'),
      notFound: [{ code: /^gone$/ }],
      settings: 'EXAMPLE_BASE_URL',
    },
    fromTask: () => state,
    cancelling: {
      possibleAt: ['queued'],
      toQuery: ({ externalId }) => ({ method: 'POST', url: `${settings.baseUrl}/cancel/${externalId}` }),
      billing: 'not_charged',
      notPossible: [{ status: 409 }],
      reason: 'It runs.',
    },
    listing: {
      toListUrl: ({ page }) => `${settings.baseUrl}/tasks?page=${page}`,
      schema: z.object({ ids: z.array(z.string()) }).transform(({ ids }) => ({
        tasks: ids.map((externalId) => ({ externalId, createdAt: new Date(0) })),
        hasMore: false,
      })),
    },
  });
const handler = handlerFor({ kind: 'pending' });
const answer = (status: number, body: unknown) => ({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) });
const look = (state: TaskState, response = answer(200, { id: '1' })) =>
  handlerFor(state).fromPollResponse({ ...task, input, response });

test('every question carries the key', () => {
  const asked = { method: 'GET', url: 'https://provider.example/tasks/task%201', headers };
  expect(handler.toPollRequest(task)).toEqual(asked);
  expect(handler.cancelling?.toCancelRequest(task)).toEqual({
    method: 'POST',
    url: 'https://provider.example/cancel/task 1',
    headers,
  });
  expect(handler.listing?.toListRequest({ input, settings, since: new Date(), page: 2 })).toEqual({
    method: 'GET',
    url: 'https://provider.example/tasks?page=2',
    headers,
  });
});

test('a submission is taken under an id, refused in the provider’s words, or unknown', () => {
  const submitted = (status: number, body: unknown) =>
    handler.fromProviderResponse({ response: answer(status, body), input, settings });
  expect(submitted(201, { id: '1' })).toEqual({ kind: 'accepted', externalId: '1' });
  expect(submitted(200, { error: 'no' })).toMatchObject({ kind: 'refused', error: { provider: { code: 'no' } } });
  expect(submitted(500, { error: 'oops' })).toMatchObject({ kind: 'unknown' });
  expect(submitted(200, {})).toMatchObject({ kind: 'unknown' });
});

describe('a look', () => {
  test('passes on how far the task is, as far as the provider says', () => {
    expect(look({ kind: 'pending', step: 'queued', percent: 40 })).toEqual({
      kind: 'pending',
      step: 'queued',
      percent: 40,
    });
    expect(look({ kind: 'pending', step: undefined, percent: null })).toEqual({ kind: 'pending' });
    expect(look({ kind: 'unavailable', reason: 'Half written.' })).toEqual({
      kind: 'unavailable',
      reason: 'Half written.',
    });
    expect(look({ kind: 'cancelled' })).toEqual({ kind: 'cancelled' });
  });

  test('leaves out files without an address; a success without any is said to be one', () => {
    const results = [
      { kind: 'video' as const, url: 'https://files.example/1.mp4' },
      { kind: 'image' as const, role: 'last_frame' as const, url: null },
    ];
    expect(look({ kind: 'succeeded', results, details: { seed: 7 } })).toEqual({
      kind: 'succeeded',
      results: [{ kind: 'video', url: 'https://files.example/1.mp4' }],
      details: { seed: 7 },
    });
    for (const found of [[], [{ ...results[1]!, url: 'https://files.example/1.png' }]]) {
      expect(look({ kind: 'succeeded', results: found })).toMatchObject({
        kind: 'failed',
        error: { code: 'result_unavailable' },
      });
    }
  });

  test('at a failure tells it by the table, by the state, or as the rest', () => {
    expect(look({ kind: 'failed', words: { code: 'blocked' } })).toMatchObject({ error: { code: 'content_rejected' } });
    expect(look({ kind: 'failed', words: null })).toMatchObject({ error: { code: 'provider_failed' } });
    expect(look({ kind: 'failed', words: { code: 'blocked' }, rule: rule('provider_expired') })).toMatchObject({
      error: { code: 'provider_expired', provider: { code: 'blocked' } },
    });
  });

  test('that answers something else finds no task, or is made again', () => {
    const pending = { kind: 'pending' } as const;
    expect(look(pending, answer(404, { error: 'gone' }))).toEqual({ kind: 'not_found' });
    expect(look(pending, answer(404, {}))).toMatchObject({ kind: 'unavailable' });
    expect(look(pending, answer(200, {}))).toMatchObject({ kind: 'unavailable' });
    // A cached or forged body under another status is no answer to a look.
    expect(look(pending, answer(500, { id: '1' }))).toMatchObject({ kind: 'unavailable' });
  });
});

test('a cancel is confirmed by 200, refused in the provider’s words, or asked again', () => {
  const cancelled = (status: number, body: unknown) =>
    handler.cancelling?.fromCancelResponse({ response: answer(status, body) });
  expect(cancelled(200, {})).toEqual({ kind: 'cancelled', billing: 'not_charged' });
  expect(cancelled(409, { error: 'running' })).toEqual({ kind: 'not_possible', reason: 'It runs.' });
  expect(cancelled(409, {})).toMatchObject({ kind: 'unavailable' });
});

test('a list that cannot be read proves nothing', () => {
  const listed = (body: unknown) => handler.listing?.fromListResponse({ response: answer(200, body) });
  expect(listed({ ids: ['1'] })).toEqual({
    kind: 'listed',
    tasks: [{ externalId: '1', createdAt: new Date(0) }],
    hasMore: false,
  });
  expect(listed({ ids: 1 })).toMatchObject({ kind: 'unavailable' });
});

import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { answerWith } from '../test/fixture.ts';
import { callback } from './callback.ts';
import { callbackHandler } from './callback-handler.ts';
import { pollHandler } from './poll-handler.ts';

const settings = { apiKey: 'key', baseUrl: 'https://api.example.com/v1' };
const submission = { input: { prompt: 'a lighthouse' }, images: [], mediaUrls: [], settings };
const headers = { authorization: 'Bearer key' };
const task = { externalId: 'task_1', settings };
const error = (status: number, code: string) => ({
  status,
  headers: {},
  body: Buffer.from(JSON.stringify({ error: { code, message: 'what happened' } })),
});
const fromCreatedResponse = (given: { response: ReturnType<typeof answerWith> }) =>
  pollHandler.fromProviderResponse({ ...given, ...submission });
const fromTaskResponse = (given: { response: ReturnType<typeof answerWith> }) =>
  pollHandler.fromPollResponse({ ...given, ...task, input: submission.input });
const foreign = (status: number) => ({ status, headers: {}, body: Buffer.from('<html>') });

test('a task and a job are asked for under their own paths, and only a job is called back', () => {
  const callbackUrl = 'https://us.example/callbacks/x';
  const body = { prompt: 'a lighthouse' };
  expect(pollHandler.toProviderRequest({ ...submission, callbackUrl })).toEqual({
    url: 'https://api.example.com/v1/tasks',
    headers,
    body,
  });
  const url = 'https://api.example.com/v1/jobs';
  const called = { ...body, callback_url: callbackUrl };
  expect(callbackHandler.toProviderRequest({ ...submission, callbackUrl })).toEqual({ url, headers, body: called });
  expect(callbackHandler.toProviderRequest(submission)).toEqual({ url, headers, body });
  expect(callbackHandler.toPollRequest(task)).toEqual({ method: 'GET', url: `${url}/task_1`, headers });
});

test('the answer to a submission names the task, refuses it, or does not tell', () => {
  expect(fromCreatedResponse({ response: answerWith(200, 'created') })).toEqual({
    kind: 'accepted',
    externalId: 'task_1',
  });
  expect(fromCreatedResponse({ response: error(429, 'rate_limited') })).toMatchObject({ kind: 'refused', retry: true });
  expect(fromCreatedResponse({ response: foreign(503) })).toMatchObject({ kind: 'unknown' });
  expect(fromCreatedResponse({ response: foreign(200) })).toMatchObject({ kind: 'unknown' });
});

describe('a look', () => {
  test.each([
    ['queued', { kind: 'pending', step: 'queued' }],
    ['running', { kind: 'pending', step: 'running', percent: 40 }],
    ['in-review', { kind: 'pending', step: 'in_review' }],
    ['cancelled', { kind: 'cancelled' }],
    ['succeeded', { kind: 'succeeded', results: [{ kind: 'image', url: 'https://files.example.com/1.png' }] }],
  ])('at a task that is %s', (name, outcome) => {
    expect(fromTaskResponse({ response: answerWith(200, name) })).toEqual(outcome);
  });

  test('at a task that failed tells why', () => {
    const look = (name: string) => fromTaskResponse({ response: answerWith(200, name) });
    expect(look('failed')).toMatchObject({ kind: 'failed', error: { code: 'provider_failed' } });
    expect(look('blocked')).toMatchObject({ kind: 'failed', error: { code: 'content_rejected' } });
  });

  test('that says nothing of the task is made again, unless there is no such task', () => {
    expect(fromTaskResponse({ response: error(404, 'not_found') })).toEqual({ kind: 'not_found' });
    for (const response of [foreign(200), foreign(404), foreign(502), error(429, 'rate_limited')]) {
      expect(fromTaskResponse({ response })).toMatchObject({ kind: 'unavailable' });
    }
  });
});

test('a cancel is confirmed, not possible, or to be asked again', () => {
  const { toCancelRequest, fromCancelResponse } = pollHandler.cancelling ?? {};
  expect(toCancelRequest?.(task)).toEqual({
    method: 'DELETE',
    url: 'https://api.example.com/v1/tasks/task_1',
    headers,
  });
  expect(fromCancelResponse?.({ response: answerWith(200, 'cancelled') })).toEqual({
    kind: 'cancelled',
    billing: 'not_charged',
  });
  expect(fromCancelResponse?.({ response: error(409, 'not_cancellable') })).toMatchObject({ kind: 'not_possible' });
  expect(fromCancelResponse?.({ response: foreign(502) })).toMatchObject({ kind: 'unavailable' });
});

test('the list says what was made when, page by page', () => {
  const { toListRequest, fromListResponse } = pollHandler.listing ?? {};
  const since = new Date('2026-03-03T10:00:00.000Z');
  expect(toListRequest?.({ ...submission, since, page: 2 })).toMatchObject({
    url: 'https://api.example.com/v1/tasks?page=2&since=2026-03-03T10%3A00%3A00.000Z',
  });
  expect(fromListResponse?.({ response: answerWith(200, 'list') })).toEqual({
    kind: 'listed',
    hasMore: true,
    tasks: [
      { externalId: 'task_2', createdAt: new Date('2026-03-03T10:00:01.000Z') },
      { externalId: 'task_1', createdAt: since },
    ],
  });
  expect(fromListResponse?.({ response: foreign(502) })).toMatchObject({ kind: 'unavailable' });
});

describe('a callback', () => {
  const signed = (id: string, key = 'key') => `sha256=${createHmac('sha256', key).update(id).digest('hex')}`;
  const read = (body: unknown, signature?: string, settings = { apiKey: 'key' }) =>
    callback.read({
      headers: signature === undefined ? {} : { 'x-example-signature': signature },
      body,
      settings,
      now: new Date(),
    });

  test.each([
    ['queued', false],
    ['running', false],
    ['succeeded', true],
    ['failed', true],
  ])('of a job that is %s is taken where it is signed', (status, isFinal) => {
    expect(read({ id: 'job_1', status }, signed('job_1'))).toEqual({ kind: 'accepted', externalId: 'job_1', isFinal });
  });

  test('that is unsigned, or signed for another job or by another key, is refused', () => {
    for (const signature of [undefined, signed('job_2'), signed('job_1', 'forged'), 'sha256=', 'rubbish']) {
      expect(read({ id: 'job_1', status: 'succeeded' }, signature)).toMatchObject({ kind: 'refused', status: 401 });
    }
  });

  test('that names no job is refused', () => {
    expect(read({ hello: 'there' }, signed('job_1'))).toMatchObject({ kind: 'refused', status: 400 });
    expect(read(undefined)).toMatchObject({ kind: 'refused', status: 400 });
  });
});

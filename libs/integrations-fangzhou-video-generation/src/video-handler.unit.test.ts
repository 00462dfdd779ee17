import { describe, expect, test } from '@jest/globals';
import { answerWith } from '../test/fixture.ts';
import { videoHandler } from './video-handler.ts';

const settings = { apiKey: 'key', baseUrl: 'https://ark.example/tasks', model: 'doubao-seedance-2-0-260128' };
const headers = { authorization: 'Bearer key' };
const task = { externalId: 'cgt-1', settings };
const foreign = { status: 502, headers: {}, body: Buffer.from('<html>') };

test('a task is asked for by its id', () => {
  expect(videoHandler.toPollRequest(task)).toEqual({ method: 'GET', url: 'https://ark.example/tasks/cgt-1', headers });
});

describe('a cancel', () => {
  const answered = (status: number, name: string) =>
    videoHandler.cancelling?.fromCancelResponse({ response: answerWith(status, name) });

  test('is asked for while the task waits in the queue, and only then: later it would delete the result', () => {
    expect(videoHandler.cancelling?.possibleAt).toEqual(['queued']);
    expect(videoHandler.cancelling?.toCancelRequest(task)).toEqual({
      method: 'DELETE',
      url: 'https://ark.example/tasks/cgt-1',
      headers,
    });
  });

  test('that is confirmed costs nothing', () => {
    expect(answered(200, 'created')).toEqual({ kind: 'cancelled', billing: 'not_charged' });
  });

  test('is not possible where Ark says no, and tried again where it says nothing', () => {
    expect(answered(409, 'task-is-running')).toMatchObject({ kind: 'not_possible' });
    expect(answered(404, 'task-not-found')).toMatchObject({ kind: 'not_possible' });
    expect(answered(429, 'rate-limited')).toMatchObject({ kind: 'unavailable' });
    expect(videoHandler.cancelling?.fromCancelResponse({ response: foreign })).toMatchObject({ kind: 'unavailable' });
  });
});

describe('the list of tasks', () => {
  const listed = (body: unknown) =>
    videoHandler.listing?.fromListResponse({
      response: { status: 200, headers: {}, body: Buffer.from(JSON.stringify(body)) },
    });

  test('is asked for by page, of every model', () => {
    const given = { input: { prompt: 'a' }, settings, since: new Date(), page: 2 };
    const url = 'https://ark.example/tasks?page_num=2&page_size=500';
    expect(videoHandler.listing?.toListRequest(given)).toEqual({ method: 'GET', url, headers });
  });

  test('without a total goes on after a full page', () => {
    const items = Array.from({ length: 500 }, (_, index) => ({ id: `cgt-${index}`, created_at: 1 }));
    expect(listed({ items })).toMatchObject({ hasMore: true });
    expect(listed({ items: items.slice(1) })).toMatchObject({ hasMore: false });
    expect(listed({ items, total: 'some' })).not.toHaveProperty('total');
  });

  test('says what was made when', () => {
    expect(videoHandler.listing?.fromListResponse({ response: answerWith(200, 'list') })).toEqual({
      kind: 'listed',
      hasMore: false,
      total: 2,
      tasks: [
        { externalId: 'cgt-20260514183217-t8rzv', createdAt: new Date(1_778_754_737_000) },
        { externalId: 'cgt-20260514183101-abcde', createdAt: new Date(1_778_754_661_000) },
      ],
    });
    expect(videoHandler.listing?.fromListResponse({ response: foreign })).toMatchObject({ kind: 'unavailable' });
  });
});

test('the output tells the video from its last frame', () => {
  const facts = { contentType: 'video/mp4', bytes: 1, sha256: 'a'.repeat(64) } as const;
  const video = { ...facts, artifactId: 'art_1' as never };
  const lastFrame = { ...facts, artifactId: 'art_2' as never, role: 'last_frame' } as const;
  const details = { seed: 1276 };
  expect(videoHandler.toOutput({ artifacts: [video, lastFrame], details })).toEqual({
    seed: 1276,
    videos: [video],
    lastFrame,
  });
  expect(videoHandler.toOutput({ artifacts: [video], details: {} })).toEqual({ videos: [video] });
});

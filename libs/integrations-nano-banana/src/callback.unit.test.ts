import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { callback } from './callback.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../__fixtures__/${name}.json`, import.meta.url), 'utf8'));
const taskId = 'bd8f4b1a52048d0f17a38b49591abfa1';
const key = 'test-hmac-key';
const now = new Date(1_787_567_410_000);

/** What kie.ai sends with a callback: the vendor signs `<taskId>.<timestamp>`. */
const signed = (task: string, timestamp: number, hmacKey = key) => ({
  'x-webhook-timestamp': String(timestamp),
  'x-webhook-signature': createHmac('sha256', hmacKey).update(`${task}.${timestamp}`).digest('base64'),
});
const seconds = now.getTime() / 1000;
const read = ({
  body = fixture('callback-success'),
  headers = {},
  hmacKey = key,
}: Partial<{ body: unknown; headers: Record<string, string>; hmacKey: string | undefined }>) =>
  callback.read({ body, headers, settings: { hmacKey }, now });

describe('with a key', () => {
  test('the vendor’s test vector is a right signature', () => {
    const body = { code: 200, data: { task_id: 'e989621f54392584b05867f87b160672', state: 'success' } };
    const headers = {
      'x-webhook-timestamp': '1755599644',
      'x-webhook-signature': 'kGfzKMHgRHrmJ1Po2yBhO7aC8gQkULOjzVpTAVcZ6DA=',
    };
    expect(callback.read({ body, headers, settings: { hmacKey: key }, now: new Date(1_755_599_700_000) })).toEqual({
      kind: 'accepted',
      externalId: 'e989621f54392584b05867f87b160672',
      isFinal: true,
    });
  });

  test.each(['callback-success', 'callback-fail'])('a signed %s names the task and asks to look', (name) => {
    const reading = read({ body: fixture(name), headers: signed(taskId, seconds) });
    expect(reading).toEqual({ kind: 'accepted', externalId: taskId, isFinal: true });
  });

  test.each([
    ['unsigned', {}, /not signed/],
    ['signed with another key', signed(taskId, seconds, 'other'), /wrong/],
    ['signed for another task', signed('other', seconds), /wrong/],
    ['cut short', { ...signed(taskId, seconds), 'x-webhook-signature': 'AAAA' }, /wrong/],
    ['signed with another time', { ...signed(taskId, seconds), 'x-webhook-timestamp': String(seconds + 1) }, /wrong/],
    ['signed at no time', { ...signed(taskId, seconds), 'x-webhook-timestamp': 'now' }, /wrong/],
    ['older than five minutes', signed(taskId, seconds - 301), /too old/],
    ['of the future', signed(taskId, seconds + 301), /of the future/],
  ])('a callback that is %s is refused', (_, headers, reason) => {
    expect(read({ headers })).toEqual({ kind: 'refused', status: 401, reason: expect.stringMatching(reason) });
  });

  test('a signature holds for five minutes to both sides', () => {
    for (const timestamp of [seconds - 300, seconds + 300]) {
      expect(read({ headers: signed(taskId, timestamp) })).toMatchObject({ kind: 'accepted' });
    }
  });
});

test('without a key every callback is taken, as a hint to look', () => {
  const reading = callback.read({ body: fixture('callback-success'), headers: {}, settings: {}, now });
  expect(reading).toEqual({ kind: 'accepted', externalId: taskId, isFinal: true });
});

test('a state that is not the end asks nobody to look', () => {
  const body = { data: { taskId, state: 'generating' } };
  expect(read({ body, headers: signed(taskId, seconds) })).toMatchObject({ kind: 'accepted', isFinal: false });
});

test('the id counts in either field, whatever the other one holds', () => {
  for (const data of [
    { taskId, task_id: null },
    { taskId: 7, task_id: taskId },
  ])
    expect(callback.read({ body: { data }, headers: {}, settings: {}, now })).toMatchObject({ externalId: taskId });
});

test.each([undefined, null, 'text', [], {}, { data: null }, { data: {} }, { data: { taskId: 7 } }])(
  'the body %j names no task',
  (body) => {
    expect(callback.read({ body, headers: {}, settings: {}, now })).toMatchObject({ kind: 'refused', status: 400 });
  },
);

test('the answer is the one that the vendor asks for', () => {
  expect(callback.answer).toEqual({ code: 200, msg: 'success' });
});

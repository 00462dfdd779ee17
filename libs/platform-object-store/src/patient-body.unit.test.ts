import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { patientBody } from './patient-body.ts';

const silenceMs = 10_000;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
  jest.useRealTimers();
});

test('gives all bytes', async () => {
  const answer = new PassThrough();
  answer.write('one');
  answer.end('two');

  expect((await buffer(patientBody(answer, silenceMs))).toString()).toBe('onetwo');
  expect(jest.getTimerCount()).toBe(0);
});

test('waits for a reader who takes long, an hour between two pieces', async () => {
  const answer = new PassThrough();
  const large = Buffer.alloc(256 * 1024);
  const pieces = patientBody(answer, silenceMs)[Symbol.asyncIterator]();
  for (let count = 0; count < 3; count += 1) answer.write(large);
  answer.end('last');
  let bytes = 0;
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
    bytes += (next.value as Buffer).length;
    await new Promise(setImmediate);
    jest.advanceTimersByTime(3_600_000);
  }

  expect(bytes).toBe(3 * large.length + 4);
});

test('gives up a store that is silent while somebody waits for it', async () => {
  const answer = new PassThrough();
  answer.write('one');
  const whole = buffer(patientBody(answer, silenceMs)).catch((error: Error) => error.message);
  await new Promise(setImmediate);
  jest.advanceTimersByTime(silenceMs);

  expect(await whole).toBe('Nothing came from the object store for 10000 ms.');
});

test('ends the answer when nobody wants it any more, also while it waits for bytes', async () => {
  const answer = new PassThrough();
  const body = patientBody(answer, silenceMs);
  body.resume();
  await new Promise(setImmediate);
  body.destroy();

  await once(answer, 'close');
  expect(answer.destroyed).toBe(true);
});

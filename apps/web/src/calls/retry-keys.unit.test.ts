import { expect, test } from '@jest/globals';
import { DarkroomError } from '@darkroom/client';
import { aStorage } from '../../test/a-storage.ts';
import { RetryKeys } from './retry-keys.ts';

test('a retry whose answer was lost is repeated under the same key, so that it is paid once', () => {
  const keys = new RetryKeys(aStorage());
  const first = keys.keyFor('call_1');
  keys.noteFault('call_1', new DarkroomError('no_answer', 'Nobody answered.'));
  keys.noteFault('call_1', new DarkroomError('unauthenticated', 'Sign in.', { status: 401 }));
  keys.noteFault('call_1', new DarkroomError('call_not_ended', 'Wait.', { status: 409, retryable: true }));

  expect(keys.keyFor('call_1')).toBe(first);
  expect(keys.keyFor('call_2')).not.toBe(first);
});

test('it keeps its key also over a reload, until it is answered', () => {
  const storage = aStorage();
  const first = new RetryKeys(storage).keyFor('call_1');
  const reloaded = new RetryKeys(storage);
  expect(reloaded.keyFor('call_1')).toBe(first);
  reloaded.noteMade('call_1', first);

  expect(new RetryKeys(storage).keyFor('call_1')).not.toBe(first);
});

test('a retry that was refused for good does not keep its key', () => {
  const keys = new RetryKeys(aStorage());
  const first = keys.keyFor('call_1');
  keys.noteFault('call_1', new DarkroomError('integration_disabled', 'It is disabled.', { status: 422 }));

  expect(keys.keyFor('call_1')).not.toBe(first);
});

test('a second press in the moment after a success is no second wish: it is answered with the same call, and paid once', () => {
  let now = 0;
  const keys = new RetryKeys(aStorage(), () => now);
  const first = keys.keyFor('call_1');
  now = 10_000;
  keys.noteMade('call_1', first);
  now = 11_400;
  expect(keys.keyFor('call_1')).toBe(first);
  keys.noteMade('call_1', first);
  now = 11_600;

  expect(keys.keyFor('call_1')).not.toBe(first);
});

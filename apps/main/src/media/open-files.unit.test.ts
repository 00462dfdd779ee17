import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import { createOpenFiles } from './open-files.ts';

function setUp() {
  const openFiles = createOpenFiles();
  return (accountId: string, destroyed = false) => {
    const raw = Object.assign(new EventEmitter(), { destroyed }) as EventEmitter & ServerResponse;
    openFiles.count({ request: { accountId }, reply: { raw } });
    return raw;
  };
}

const overloaded = expect.objectContaining({ code: 'overloaded', headers: { 'retry-after': '5' } });

test('an account has so many files open at once, others have their own, and each is counted until its answer is over', () => {
  const open = setUp();
  const [first] = Array.from({ length: 64 }, () => open('alpha'));
  expect(() => open('alpha')).toThrow(overloaded);
  open('beta');
  first?.emit('close');
  open('alpha');

  expect(() => open('alpha')).toThrow(overloaded);
});

test('who has left before is not counted: nothing would tell of its end', () => {
  const open = setUp();
  for (let count = 0; count < 100; count += 1) open('alpha', true);

  expect(open('alpha').listenerCount('close')).toBe(1);
});

import { expect, test } from '@jest/globals';
import { checkCompleted } from './check-completed.ts';

const completed = (id: string, second: number) => ({
  id,
  status: 'completed',
  completedAt: new Date(second * 1000).toISOString(),
});
const calls = [completed('call_1', 3), completed('call_2', 5), completed('call_3', 4)];
const submissions = { accepted: 3, received: 3 };

test('calls that all completed and were paid for once each ended with the last of them', () => {
  expect(checkCompleted({ calls, count: 3, submissions })).toBe(5_000);
});

test.each([
  ['a call that was paid for twice', { submissions: { accepted: 4, received: 4 } }, 'was paid for 4, for 3 calls'],
  ['a call that was not paid for', { submissions: { accepted: 2, received: 2 } }, 'was paid for 2, for 3 calls'],
  ['a submission that was refused', { submissions: { accepted: 3, received: 4 } }, 'received 4 submissions'],
  ['a call too few', { calls: calls.slice(1) }, '2 calls were made of 3'],
  [
    'a call that failed',
    { calls: [...calls.slice(1), { id: 'call_1', status: 'failed', completedAt: calls[0]?.completedAt }] },
    '1 of 3 calls did not complete: call_1 is failed',
  ],
])('%s makes no figure', (_what, changed, message) => {
  expect(() => checkCompleted({ calls, count: 3, submissions, ...changed })).toThrow(message);
});

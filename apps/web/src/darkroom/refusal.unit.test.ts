import { expect, test } from '@jest/globals';
import { DarkroomError } from '@darkroom/client';
import { mayHaveBeenMade } from './refusal.ts';

test.each([
  ['whose answer was lost', new DarkroomError('no_answer', 'Nobody answered.', { retryable: true }), true],
  ['that a proxy gave up', new DarkroomError('unexpected_answer', '?', { status: 504, retryable: true }), true],
  [
    'of one who asks too often',
    new DarkroomError('unexpected_answer', 'Wait.', { status: 429, retryable: true }),
    false,
  ],
  ['of one who is not signed in', new DarkroomError('unauthenticated', 'Sign in.', { status: 401 }), false],
  ['that the page could not send', new TypeError('?'), false],
])('a wish %s may have been made all the same, or not', (_what, error, may) => {
  expect(mayHaveBeenMade(error)).toBe(may);
});

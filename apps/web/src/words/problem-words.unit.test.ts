import { expect, test } from '@jest/globals';
import { DarkroomError } from '@darkroom/client';
import { chinese } from './chinese/index.ts';
import { english } from './english/index.ts';
import { sayProblem } from './problem-words.ts';

test.each([
  [
    'an integration that is switched off',
    new DarkroomError('integration_disabled', 'Integration "sora" is disabled.', { status: 422 }),
    english.problems.integration_disabled,
  ],
  [
    'a call that is still under way',
    new DarkroomError('call_not_ended', 'Wait.', { status: 409, retryable: true }),
    english.problems.call_not_ended,
  ],
  [
    'a refusal for which the page has no words',
    new DarkroomError('invalid_request', '/input/seconds must be 4 or 8', { status: 422 }),
    { ofServer: '/input/seconds must be 4 or 8' },
  ],
  [
    'a server that is away',
    new DarkroomError('database_unavailable', 'Away.', { status: 503, retryable: true }),
    english.calls.actionFailed,
  ],
  [
    'too many requests at once',
    new DarkroomError('unexpected_answer', 'Busy.', { status: 429, retryable: true }),
    english.calls.actionFailed,
  ],
  ['nobody who answers', new DarkroomError('no_answer', 'Nobody.'), english.calls.actionFailed],
  ['a fault of the page', new Error('?'), english.calls.actionFailed],
])('%s is told of in words that help', (_what, error, sentence) => {
  expect(sayProblem(error, english)).toEqual(sentence);
});

test('a refusal is said in the language of the page', () => {
  const gone = new DarkroomError('not_found', 'There is no such call.', { status: 404 });

  expect(sayProblem(gone, chinese)).toBe(chinese.problems.not_found);
});

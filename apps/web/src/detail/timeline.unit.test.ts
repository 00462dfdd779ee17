import { expect, test } from '@jest/globals';
import { anEvent } from '../../test/call-builders.ts';
import { chinese } from '../words/chinese/index.ts';
import { english } from '../words/english/index.ts';
import { toTimeline } from './timeline.ts';

test('tells the log in sentences, with the last of the reports of progress that follow each other', () => {
  const timeline = toTimeline(
    [
      anEvent('call.accepted'),
      anEvent('call.submission_started', { attempt: 2 }),
      anEvent('call.progress', { percent: 10 }),
      anEvent('call.progress', { percent: 60.4, waitingFor: 'provider' }),
      anEvent('call.cancel_result', { result: 'not_possible', reason: 'It generates already.' }),
      anEvent('call.completed', { output: {} }),
    ],
    english,
  );

  expect(timeline.map(({ label, detail, reason }) => [label, detail ?? reason])).toEqual([
    ['Accepted', undefined],
    ['Sent to the provider (attempt 2)', undefined],
    ['Progress', '60 % · The provider is working on it'],
    ['The provider could not stop', 'It generates already.'],
    ['Done', undefined],
  ]);
});

test('a refusal says why, and when it is tried again', () => {
  const error = { code: 'provider_rate_limited', message: 'x', retryable: true };
  const [entry] = toTimeline([anEvent('call.submission_refused', { attempt: 1, error, retryInSeconds: 2 })], english);

  expect(entry).toMatchObject({ tone: 'bad', detail: 'The provider has too much to do; next attempt in 2 s' });
});

test('what nobody knows is not said to be known', () => {
  const labels = toTimeline(
    [
      anEvent('call.submission_unknown', { attempt: 1, next: 'reconcile' }),
      anEvent('call.submission_reconciled', { attempt: 1, outcome: 'unknown' }),
      anEvent('call.submission_unknown', { attempt: 2, next: 'fail' }),
    ],
    english,
  ).map(({ label }) => label);

  expect(labels).toEqual([
    'No answer: finding out whether the provider has it',
    'What became of the submission could not be found out',
    'No answer: nobody knows whether the provider has it',
  ]);
});

test('what became of a cancelling is said by the page, and why it is not possible by the server', () => {
  const entries = toTimeline(
    [
      anEvent('call.cancel_result', { result: 'not_possible', reason: 'It generates already.' }),
      anEvent('call.cancel_result', { result: 'cancelled', reason: 'Free.', billing: 'not_charged' }),
    ],
    chinese,
  );

  expect(entries.map(({ detail, reason }) => [detail, reason])).toEqual([
    [undefined, 'It generates already.'],
    [chinese.calls.notCharged, undefined],
  ]);
});

test('a cancelled call says what it cost', () => {
  const details = ['not_charged', 'unknown'].map(
    (billing) => toTimeline([anEvent('call.cancelled', { billing })], english)[0]?.detail,
  );

  expect(details).toEqual([english.calls.notCharged, english.calls.maybeCharged]);
});

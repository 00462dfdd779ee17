import { failure } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { type FruitlessOutcome, whatFollows } from './what-follows.ts';

const now = new Date('2026-01-01T00:00:00.000Z');
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const error = failure('provider_rate_limited', 'Slow down.');

const outcomes = {
  'refused, worth a retry': { kind: 'refused', error, retry: true },
  'refused for good': { kind: 'refused', error, retry: false },
  'refused with Retry-After 30': { kind: 'refused', error, retry: true, retryAfterSeconds: 30 },
  unknown: { kind: 'unknown', reason: 'reset after sending' },
  unreachable: { kind: 'unreachable', error: failure('provider_unavailable', 'No connection.') },
} satisfies Record<string, FruitlessOutcome>;

type Row = [keyof typeof outcomes, policy: 'fail' | 'resubmit', attempt: number, secondsLeft: number, expected: string];

// Every combination of outcome, policy, attempts left (of 3) and time left.
const table: Row[] = [
  ['refused, worth a retry', 'fail', 1, 600, 'retry in 2'],
  ['refused, worth a retry', 'resubmit', 1, 600, 'retry in 2'],
  ['refused, worth a retry', 'fail', 2, 600, 'retry in 4'],
  ['refused, worth a retry', 'fail', 3, 600, 'provider_rate_limited'],
  ['refused, worth a retry', 'resubmit', 3, 600, 'provider_rate_limited'],
  ['refused, worth a retry', 'fail', 1, 1, 'provider_rate_limited'],
  ['refused, worth a retry', 'resubmit', 1, 2, 'provider_rate_limited'],
  ['refused for good', 'fail', 1, 600, 'provider_rate_limited'],
  ['refused for good', 'resubmit', 1, 600, 'provider_rate_limited'],
  ['refused for good', 'resubmit', 3, 600, 'provider_rate_limited'],
  ['refused for good', 'fail', 1, 1, 'provider_rate_limited'],
  ['refused with Retry-After 30', 'fail', 1, 600, 'retry in 30'],
  ['refused with Retry-After 30', 'resubmit', 2, 600, 'retry in 30'],
  ['refused with Retry-After 30', 'fail', 1, 30, 'provider_rate_limited'],
  ['refused with Retry-After 30', 'fail', 3, 600, 'provider_rate_limited'],
  ['unknown', 'fail', 1, 600, 'submission_outcome_unknown'],
  ['unknown', 'fail', 3, 600, 'submission_outcome_unknown'],
  ['unknown', 'fail', 1, 1, 'submission_outcome_unknown'],
  ['unknown', 'resubmit', 1, 600, 'retry in 2'],
  ['unknown', 'resubmit', 2, 600, 'retry in 4'],
  ['unknown', 'resubmit', 3, 600, 'submission_outcome_unknown'],
  ['unknown', 'resubmit', 1, 1, 'submission_outcome_unknown'],
  ['unknown', 'resubmit', 1, -5, 'submission_outcome_unknown'],
  ['unreachable', 'fail', 1, 600, 'retry in 2'],
  ['unreachable', 'fail', 3, 600, 'retry in 8'],
  ['unreachable', 'resubmit', 20, 600, 'retry in 30'],
  ['unreachable', 'fail', 20, 30, 'provider_unavailable'],
];

describe('what follows a submission without a result', () => {
  test.each(table)(
    '%s, policy %s, attempt %i of 3, %i s left: %s',
    (name, whenOutcomeUnknown, attempt, secondsLeft, expected) => {
      const follows = whatFollows({
        outcome: outcomes[name],
        attempt,
        sentBefore: attempt - 1,
        limits: { maxSubmissions: 3, whenOutcomeUnknown },
        deadlineAt: inSeconds(secondsLeft),
        now,
      });
      expect(summaryOf(follows)).toBe(expected);
    },
  );

  test('what found no connection does not count towards the limit', () => {
    const given = {
      outcome: outcomes.unknown,
      attempt: 9,
      limits: { maxSubmissions: 3, whenOutcomeUnknown: 'resubmit' as const },
      deadlineAt: inSeconds(600),
      now,
    };
    expect(whatFollows({ ...given, sentBefore: 1 }).kind).toBe('retry');
    expect(whatFollows({ ...given, sentBefore: 2 }).kind).toBe('end');
  });

  test('a refusal that is tried again says when', () => {
    const follows = whatFollows({
      outcome: outcomes['refused with Retry-After 30'],
      attempt: 1,
      sentBefore: 0,
      limits: { maxSubmissions: 3, whenOutcomeUnknown: 'fail' },
      deadlineAt: inSeconds(600),
      now,
    });
    expect(follows.events).toEqual([
      { type: 'call.submission_refused', data: { attempt: 1, error, retryInSeconds: 30 } },
    ]);
  });

  test('the event of an unknown outcome says whether the operation pays again', () => {
    const about = (whenOutcomeUnknown: 'fail' | 'resubmit') =>
      whatFollows({
        outcome: outcomes.unknown,
        attempt: 1,
        sentBefore: 0,
        limits: { maxSubmissions: 3, whenOutcomeUnknown },
        deadlineAt: inSeconds(600),
        now,
      }).events[0]?.data;
    expect(about('resubmit')).toMatchObject({ next: 'resubmit' });
    expect(about('fail')).toMatchObject({ next: 'fail' });
  });
});

function summaryOf(follows: ReturnType<typeof whatFollows>): string {
  if (follows.kind === 'retry') return `retry in ${follows.afterSeconds}`;
  const last = follows.events.at(-1);
  return last?.type === 'call.failed' ? last.data.error.code : `unexpected ${last?.type}`;
}

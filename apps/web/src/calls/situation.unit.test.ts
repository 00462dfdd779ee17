import { describe, expect, test } from '@jest/globals';
import { failureCodes } from '@darkroom/contract';
import { aCall } from '../../test/call-builders.ts';
import { chinese } from '../words/chinese/index.ts';
import { english } from '../words/english/index.ts';
import { isUnpaid, sayFailure, situationOf } from './situation.ts';

const submitted = { claimed: 1, accepted: 1, refused: 0, unknown: 0 };
const say = english.calls;

test.each([
  ['waits to start', aCall({ waitingFor: 'engine' }), { tone: 'waiting', detail: say.waitingFor.engine }],
  ['waits for its turn', aCall({ waitingFor: 'batch' }), { tone: 'waiting', detail: say.waitingFor.batch }],
  [
    'is made by the provider',
    aCall({ status: 'processing', waitingFor: 'provider', progress: { completedSteps: [], percent: 40 } }),
    { tone: 'busy', percent: 40, detail: say.waitingFor.provider },
  ],
  ['is stored', aCall({ status: 'processing', submissions: submitted }), { tone: 'busy', detail: say.storing }],
  ['is done', aCall({ status: 'completed' }), { tone: 'good', label: say.status.completed }],
])('a call that %s says so', (_how, call, situation) => {
  expect(situationOf(call, english)).toMatchObject(situation);
});

describe('a cancel tells the truth', () => {
  const cancelRequestedAt = '2026-11-28T10:00:05.000Z';

  test('while the provider is asked', () => {
    expect(situationOf(aCall({ status: 'processing', cancelRequestedAt }), english)).toMatchObject({
      label: say.cancelling,
      detail: say.cancellingDetail,
    });
  });

  test('where the provider cannot be asked, it says so and goes on', () => {
    const cancelResult = { result: 'not_possible' as const, reason: 'It runs.' };
    expect(situationOf(aCall({ status: 'processing', cancelRequestedAt, cancelResult }), english)).toEqual({
      tone: 'busy',
      label: say.status.processing,
      detail: say.cannotStop,
    });
  });

  test('where the provider stopped and does not charge, nothing was charged', () => {
    const cancelResult = { result: 'cancelled' as const, reason: 'It was queued.', billing: 'not_charged' as const };
    expect(situationOf(aCall({ status: 'cancelled', submissions: submitted, cancelResult }), english).detail).toBe(
      say.notCharged,
    );
  });

  test('where it came in time, nothing was charged', () => {
    expect(situationOf(aCall({ status: 'cancelled' }), english).detail).toBe(say.notCharged);
  });

  test('where the provider had it, it may be charged', () => {
    expect(situationOf(aCall({ status: 'cancelled', submissions: submitted }), english).detail).toBe(say.maybeCharged);
  });

  test('where it came too late, the result was kept', () => {
    expect(situationOf(aCall({ status: 'completed', cancelRequestedAt }), english).detail).toBe(say.finishedAnyway);
  });
});

test('a call is unpaid only where every submission was refused', () => {
  expect(isUnpaid(aCall({ submissions: { claimed: 2, accepted: 0, refused: 2, unknown: 0 } }))).toBe(true);
  expect(isUnpaid(aCall({ submissions: { claimed: 2, accepted: 0, refused: 1, unknown: 1 } }))).toBe(false);
});

describe.each([english, chinese])('in $locale', (words) => {
  test.each(failureCodes)('%s is told in words of its own, with what to do', (code) => {
    const error = { code, message: 'x', retryable: false };
    const { title, advice } = sayFailure({ error }, words);

    expect(words.calls.failures[code]).toEqual([title, advice]);
  });
});

test("the provider's own words are passed on", () => {
  const error = {
    code: 'content_rejected' as const,
    message: 'x',
    retryable: false,
    provider: { message: 'Blocked.' },
  };

  expect(sayFailure({ error }, english)).toMatchObject({ own: 'Blocked.', isOfProvider: true });
});

test('what Darkroom itself says of an input is not put into the mouth of the provider', () => {
  const error = { code: 'invalid_input' as const, message: 'Too wide.', retryable: false };

  expect(sayFailure({ error }, english)).toMatchObject({ own: 'Too wide.', isOfProvider: false });
});

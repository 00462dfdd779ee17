import { expect, test } from '@jest/globals';
import type { Call, CallEvent, CallEventType } from '@darkroom/contract';
import { checkEnd } from '../src/conformance/check-end.ts';
import { completesAfterRefusal } from '../src/conformance/expected-end.ts';

const attempt: CallEventType[] = ['call.submission_started', 'call.submission_refused'];

/** A call of which so many submissions were refused, by its log and by its count, before one was taken. */
const refused = (times: number, counted = times) => {
  const before = Array.from({ length: times }, () => attempt).flat();
  const last: CallEventType[] = ['call.submission_started', 'call.submitted', 'call.completed'];
  const types: CallEventType[] = ['call.accepted', 'call.processing', ...before, ...last];
  const events = types.map((type, index) => ({ type, callSequence: index + 1, status: 'completed', data: {} }));
  const submissions = { claimed: counted + 1, accepted: 1, refused: counted, unknown: 0 };
  return {
    call: { status: 'completed', submissions } as Partial<Call> as Call,
    events: events as unknown as CallEvent[],
    paid: 1,
    submissions: [],
    isUnplayable: false,
  };
};

test('what refuses until the play has seen it may refuse more than once, and each time counts', () => {
  const mayRefuseMore = { ...completesAfterRefusal, mayRefuseMore: true };
  expect(() => checkEnd(refused(1), mayRefuseMore)).not.toThrow();
  expect(() => checkEnd(refused(3), mayRefuseMore)).not.toThrow();
  expect(() => checkEnd(refused(3, 2), mayRefuseMore)).toThrow();
  expect(() => checkEnd(refused(0), mayRefuseMore)).toThrow();
  expect(() => checkEnd(refused(2), completesAfterRefusal)).toThrow();
});

import { describe, expect, test } from '@jest/globals';
import type { Call, CallEvent } from '@darkroom/contract';
import type { SimulatorSubmission } from '@darkroom/testing';
import { checkEnd } from '../src/conformance/check-end.ts';
import { completesAtOnce, type ExpectedEnd } from '../src/conformance/expected-end.ts';

const types = ['call.accepted', 'call.processing', 'call.submission_started', 'call.submitted', 'call.completed'];
const events = types.map((type, index) => ({ type, callSequence: index + 1, status: 'completed', data: {} }));
const submissions = { claimed: 1, accepted: 1, refused: 0, unknown: 0 };

const check = (seen: Partial<SimulatorSubmission>, expected: Partial<ExpectedEnd>) =>
  checkEnd(
    {
      call: { status: 'completed', submissions } as Partial<Call> as Call,
      events: events as unknown as CallEvent[],
      paid: 1,
      submissions: [seen as SimulatorSubmission],
      isUnplayable: false,
    },
    { ...completesAtOnce, ...expected },
  );

describe('callbacks', () => {
  const answered = (...states: string[]) => ({ callbacks: states.map((state) => ({ state, status: 200 })) });
  const thrice = { callbacks: 200, toldOfEnd: 3 } as const;

  test('one is not three', () => {
    expect(() => check(answered('succeeded', 'succeeded', 'succeeded'), thrice)).not.toThrow();
    expect(() => check(answered('succeeded'), thrice)).toThrow();
  });

  test('one that nobody answered in time, and that came again, is one', () => {
    const unanswered = { state: 'succeeded', status: null };
    const again = { callbacks: [unanswered, ...answered('succeeded').callbacks] };
    expect(() => check(again, { callbacks: 200 })).not.toThrow();
    expect(() => check({ callbacks: [unanswered] }, { callbacks: 200 })).toThrow();
    expect(() => check({ callbacks: [unanswered] }, { callbacks: 'none' })).toThrow();
  });

  test('one about the queue does not tell of the end', () => {
    expect(() => check(answered('queued', 'running', 'succeeded'), { callbacks: 200 })).not.toThrow();
    expect(() => check(answered('queued', 'running'), { callbacks: 200 })).toThrow();
  });
});

describe('a look that was answered with a time to wait', () => {
  const lookedAt = (...seconds: number[]) => ({
    polls: { count: seconds.length, at: seconds.map((second) => new Date(second * 1000).toISOString()) },
  });

  test('has no other one within that time', () => {
    expect(() => check(lookedAt(10, 12.01, 12.5), { lookWaitSeconds: 2 })).not.toThrow();
    expect(() => check(lookedAt(10, 10.5, 12.5), { lookWaitSeconds: 2 })).toThrow();
    expect(() => check(lookedAt(10), { lookWaitSeconds: 2 })).toThrow();
  });
});

import { expect } from '@jest/globals';
import type { CallEventType } from '@darkroom/contract';
import type { ExpectedEnd } from './expected-end.ts';
import type { PlayedFault } from './play-fault.ts';

/** The call ended as expected, its submissions are what the provider counted, and its log tells the same story. */
export function checkEnd({ call, events, paid }: PlayedFault, expected: ExpectedEnd): void {
  const { status, code, accepted, refused, unknown, waitSeconds } = expected;
  const claimed = accepted + refused + unknown;
  expect({ status: call.status, code: call.error?.code, submissions: call.submissions, paid }).toEqual({
    status,
    code,
    submissions: { claimed, accepted, refused, unknown },
    paid: expected.paid,
  });

  const count = (type: CallEventType) => events.filter((event) => event.type === type).length;
  expect({
    started: count('call.submission_started'),
    refused: count('call.submission_refused'),
    unknown: count('call.submission_unknown'),
    submitted: count('call.submitted'),
    ended: count('call.completed') + count('call.failed') + count('call.cancelled'),
  }).toEqual({ started: claimed, refused, unknown, submitted: accepted, ended: 1 });
  expect(events.map(({ callSequence }) => callSequence)).toEqual(events.map((_, index) => index + 1));
  expect(events.slice(0, 2).map(({ type }) => type)).toEqual(['call.accepted', 'call.processing']);
  expect(events.at(-1)).toMatchObject({ type: `call.${status}`, status });
  if (waitSeconds !== undefined) {
    const refusal = events.find(({ type }) => type === 'call.submission_refused');
    expect(refusal?.data).toMatchObject({ retryInSeconds: waitSeconds });
  }
  checkWaits(events);
}

/** A submission that follows a refused one keeps the wait that the refusal named. */
function checkWaits(events: PlayedFault['events']): void {
  for (const [index, { type, data, createdAt }] of events.entries()) {
    const seconds = data['retryInSeconds'];
    if (type !== 'call.submission_refused' || typeof seconds !== 'number') continue;
    const next = events.slice(index).find((event) => event.type === 'call.submission_started');
    const waited = (Date.parse(next?.createdAt ?? '') - Date.parse(createdAt)) / 1000;
    expect(waited).toBeGreaterThanOrEqual(seconds - 0.1);
  }
}

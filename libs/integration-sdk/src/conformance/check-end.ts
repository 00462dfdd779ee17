import { expect } from '@jest/globals';
import type { CallEventType } from '@darkroom/contract';
import type { ExpectedEnd } from './expected-end.ts';
import type { PlayedFault } from './play-fault.ts';

// Clocks of processes are read a moment apart.
const toleratedSeconds = 0.1;

/** The call ended as expected, its submissions are what the provider counted, and its log tells the same story. */
export function checkEnd(played: PlayedFault, given: ExpectedEnd): void {
  const { call, events, paid } = played;
  const expected = given.mayRefuseMore
    ? { ...given, refused: Math.max(given.refused, call.submissions.refused) }
    : given;
  const { status, code, accepted, refused, unknown, waitSeconds } = expected;
  const claimed = accepted + refused + unknown;
  expect({ status: call.status, code: call.error?.code, submissions: call.submissions, paid }).toEqual({
    status,
    code,
    submissions: { claimed, accepted, refused, unknown },
    paid: expected.paid,
  });

  checkStory(played, expected);
  expect(events.map(({ callSequence }) => callSequence)).toEqual(events.map((_, index) => index + 1));
  const beginning = claimed > 0 ? ['call.accepted', 'call.processing'] : ['call.accepted'];
  expect(events.slice(0, beginning.length).map(({ type }) => type)).toEqual(beginning);
  expect(events.at(-1)).toMatchObject({ type: `call.${status}`, status });
  if (expected.billing !== undefined) expect(events.at(-1)?.data).toMatchObject({ billing: expected.billing });
  if (waitSeconds !== undefined) {
    const refusal = events.find(({ type }) => type === 'call.submission_refused');
    expect(refusal?.data).toMatchObject({ retryInSeconds: waitSeconds });
  }
  checkWaits(events);
  checkProvidersView(played, expected);
}

/** Each fact stands in the log once. */
function checkStory({ events }: PlayedFault, expected: ExpectedEnd): void {
  const { accepted, refused, unknown, foundOut, cancel } = expected;
  const count = (type: CallEventType) => events.filter((event) => event.type === type).length;
  const found = (outcome: typeof foundOut) => (foundOut === outcome ? 1 : 0);
  expect({
    started: count('call.submission_started'),
    refused: count('call.submission_refused'),
    unknown: count('call.submission_unknown'),
    foundOut: events.flatMap(({ type, data }) => (type === 'call.submission_reconciled' ? [data['outcome']] : [])),
    submitted: count('call.submitted'),
    ended: count('call.completed') + count('call.failed') + count('call.cancelled'),
  }).toEqual({
    started: accepted + refused + unknown,
    refused: refused - found('refused'),
    unknown: unknown + found('accepted') + found('refused'),
    foundOut: foundOut === undefined ? [] : [foundOut],
    submitted: accepted - found('accepted'),
    ended: 1,
  });
  if (cancel === 'too_late') return;
  expect({
    cancelRequested: count('call.cancel_requested'),
    cancelResult: events.flatMap(({ type, data }) => (type === 'call.cancel_result' ? [data['result']] : [])),
  }).toEqual({
    cancelRequested: cancel === undefined ? 0 : 1,
    cancelResult: cancel === undefined || cancel === 'before_start' ? [] : [cancel],
  });
}

/** A submission that follows a refused one keeps the wait that the refusal named; a call that none follows ends without it. */
function checkWaits(events: PlayedFault['events']): void {
  for (const [index, { type, data, createdAt }] of events.entries()) {
    const seconds = data['retryInSeconds'];
    if (type !== 'call.submission_refused' || typeof seconds !== 'number') continue;
    const next = events.slice(index).find((event) => event.type === 'call.submission_started');
    const waited = (Date.parse((next ?? events.at(-1))?.createdAt ?? '') - Date.parse(createdAt)) / 1000;
    if (next) expect(waited).toBeGreaterThanOrEqual(seconds - toleratedSeconds);
    else expect(waited).toBeLessThan(seconds);
  }
}

/** The provider was asked as often as it takes and when it wants to be, and each of its callbacks was answered as it should be. */
function checkProvidersView({ submissions }: PlayedFault, { looks, lookWaitSeconds, ...told }: ExpectedEnd): void {
  const polls = submissions.map((submission) => submission.polls ?? { count: 0, at: [] });
  if (looks !== undefined) expect(Math.max(...polls.map(({ count }) => count))).toBeGreaterThanOrEqual(looks);
  if (lookWaitSeconds !== undefined) {
    for (const { at } of polls) {
      const [first = '', next = ''] = at;
      expect((Date.parse(next) - Date.parse(first)) / 1000).toBeGreaterThanOrEqual(lookWaitSeconds - toleratedSeconds);
    }
  }
  checkCallbacks(
    submissions.flatMap((submission) => submission.callbacks ?? []),
    told,
  );
}

function checkCallbacks(
  sent: readonly { state: string; status: number | null }[],
  { callbacks, toldOfEnd = 1 }: Pick<ExpectedEnd, 'callbacks' | 'toldOfEnd'>,
): void {
  if (callbacks === undefined) return;
  // A provider waits for seconds only, and repeats what nobody has answered by then.
  const answered = callbacks === 'none' ? sent : sent.filter(({ status }) => status !== null);
  const answers = new Set(answered.map(({ status }) => status));
  expect([...answers]).toEqual(callbacks === 'none' ? [] : [callbacks]);
  if (callbacks !== 200) return;
  expect(answered.filter(({ state }) => state !== 'queued' && state !== 'running')).toHaveLength(toldOfEnd);
}

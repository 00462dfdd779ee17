import { describe, expect, test } from '@jest/globals';
import { aCall, anArtifact, anEvent } from '../../test/call-builders.ts';
import { applyEvent } from './apply-event.ts';

test('a call moves from its acceptance to its result by events alone', () => {
  const output = { images: [anArtifact('art_1')] };
  const events = [
    anEvent('call.processing', { workflowId: 'call_01', runId: 'r' }),
    anEvent('call.submission_started', { attempt: 1 }),
    anEvent('call.submitted', { attempt: 1, awaitsResult: true }, { externalId: 'task-7' }),
    anEvent('call.progress', { currentStep: 'generating', percent: 40, waitingFor: 'provider' }),
    anEvent('call.completed', { output }),
  ].map((event, index) => ({ ...event, callSequence: index + 2 }));
  const states = events.map((_event, index) =>
    events.slice(0, index + 1).reduce(applyEvent, aCall({ waitingFor: 'engine' })),
  );

  expect(states[0]).toMatchObject({ status: 'processing', waitingFor: 'slot', startedAt: expect.any(String) });
  expect(states[1]).toMatchObject({ waitingFor: 'provider', submissions: { claimed: 1 } });
  expect(states[2]).toMatchObject({ waitingFor: 'provider', externalId: 'task-7', submissions: { accepted: 1 } });
  expect(states[3]).toMatchObject({ progress: { percent: 40, currentStep: 'generating', completedSteps: [] } });
  expect(states[4]).toMatchObject({ status: 'completed', output, completedAt: '2026-11-28T10:00:05.000Z' });
  expect(states[4]).not.toHaveProperty('waitingFor');
});

test('a synchronous answer that was taken waits for nothing but its storing', () => {
  const call = applyEvent(
    aCall({ status: 'processing', waitingFor: 'provider' }),
    anEvent('call.submitted', { attempt: 1 }),
  );

  expect(call).not.toHaveProperty('waitingFor');
});

test('a failure says why, and a cancel that it was asked for', () => {
  const error = { code: 'content_rejected', message: 'No.', retryable: false };

  expect(applyEvent(aCall(), anEvent('call.failed', { error }))).toMatchObject({ status: 'failed', error });
  expect(applyEvent(aCall(), anEvent('call.cancel_requested', { by: 'user' }))).toMatchObject({
    cancelRequestedAt: '2026-11-28T10:00:05.000Z',
  });
});

test('what came of a cancel is told, and that a submission turned out to be refused', () => {
  const cancelResult = { result: 'not_possible', reason: 'It runs.' };

  expect(applyEvent(aCall(), anEvent('call.cancel_result', cancelResult))).toMatchObject({ cancelResult });
  const sent = aCall({ submissions: { claimed: 1, accepted: 0, refused: 0, unknown: 0 } });
  expect(applyEvent(sent, anEvent('call.submission_reconciled', { attempt: 1, outcome: 'refused' }))).toMatchObject({
    submissions: { refused: 1 },
  });
});

describe('a submission counts once, by what is known best of it', () => {
  const started = ['call.submission_started', {}] as const;
  const unknown = ['call.submission_unknown', { next: 'reconcile' }] as const;
  const found = (outcome: string) => ['call.submission_reconciled', { outcome }] as const;

  test.each([
    ['nobody knows of it', [started, unknown], [1, 0, 0, 1]],
    ['it could not be found out', [started, unknown, found('unknown')], [1, 0, 0, 1]],
    ['it was found with the provider', [started, unknown, found('accepted')], [1, 1, 0, 0]],
    ['it was found not to be there', [started, unknown, found('refused')], [1, 0, 1, 0]],
    ['its answer came all the same', [started, unknown, ['call.submitted', {}]], [1, 1, 0, 0]],
    ['it was asked after before anything was told', [started, found('accepted')], [1, 1, 0, 0]],
  ] as const)('%s', (_what, events, [claimed, accepted, refused, ofUnknown]) => {
    const call = events
      .map(([type, data], index) => anEvent(type, { attempt: 1, ...data }, { callSequence: index + 2 }))
      .reduce(applyEvent, aCall());

    expect(call.submissions).toEqual({ claimed, accepted, refused, unknown: ofUnknown });
  });

  test('what is found out of an earlier one leaves the newest under way', () => {
    const call = [
      anEvent('call.submission_started', { attempt: 1 }, { callSequence: 2 }),
      anEvent('call.submission_unknown', { attempt: 1, next: 'resubmit' }, { callSequence: 3 }),
      anEvent('call.submission_started', { attempt: 2 }, { callSequence: 4 }),
      anEvent('call.submission_reconciled', { attempt: 1, outcome: 'refused' }, { callSequence: 5 }),
    ].reduce(applyEvent, aCall());

    expect(call.submissions).toEqual({ claimed: 2, accepted: 0, refused: 1, unknown: 0 });
  });
});

describe('an event that comes late or twice', () => {
  test.each(['call.processing', 'call.progress', 'call.failed'] as const)('%s leaves an end as it is', (type) => {
    const ended = aCall({ status: 'completed', output: {} });

    expect(applyEvent(ended, anEvent(type))).toBe(ended);
  });

  test('is not counted again where the call shows it already', () => {
    const submissions = { claimed: 1, accepted: 0, refused: 0, unknown: 0 };
    const answered = aCall({ status: 'processing', callSequence: 3, submissions });

    expect(applyEvent(answered, anEvent('call.submission_started', { attempt: 1 }, { callSequence: 3 }))).toBe(
      answered,
    );
  });
});

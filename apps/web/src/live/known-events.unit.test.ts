import { expect, test } from '@jest/globals';
import { aCall, anArtifact, anEvent } from '../../test/call-builders.ts';
import { KnownEvents } from './known-events.ts';

const output = { images: [anArtifact('art_1')] };

test('an answer that is older than what was pushed meanwhile shows all of it', () => {
  const known = new KnownEvents();
  known.note(anEvent('call.processing', {}, { callSequence: 2 }));
  known.note(anEvent('call.submission_started', { attempt: 1 }, { callSequence: 3 }));

  expect(known.applyTo(aCall({ callSequence: 1 }))).toMatchObject({
    status: 'processing',
    waitingFor: 'provider',
    submissions: { claimed: 1 },
    callSequence: 3,
  });
  expect(known.applyTo(aCall({ id: 'call_02' }))).toEqual(aCall({ id: 'call_02' }));
});

test('an answer that shows an event already does not count it again', () => {
  const known = new KnownEvents();
  known.note(anEvent('call.submission_started', { attempt: 1 }, { callSequence: 3 }));
  const answered = aCall({
    callSequence: 3,
    status: 'processing',
    submissions: { claimed: 1, accepted: 0, refused: 0, unknown: 0 },
  });

  expect(known.applyTo(answered)).toEqual(answered);
});

test('an event that is pushed twice is known once', () => {
  const known = new KnownEvents();
  const event = anEvent('call.completed', { output }, { callSequence: 2 });
  known.note(event);
  known.note(event);

  expect(known.continueLog('call_01', [])).toEqual([event]);
});

test('a log that was read while the end was pushed tells of the end', () => {
  const known = new KnownEvents();
  const [accepted, completed] = [
    anEvent('call.accepted', {}, { callSequence: 1 }),
    anEvent('call.completed', { output }, { callSequence: 2 }),
  ];
  known.note(accepted);
  known.note(completed);

  expect(known.continueLog('call_01', [accepted])).toEqual([accepted, completed]);
});

test('however many calls there are, the memory of them stays bounded', () => {
  const known = new KnownEvents();
  for (let n = 0; n < 2_001; n += 1)
    known.note(anEvent('call.cancelled', {}, { callId: `call_${n}`, callSequence: 2 }));

  expect(known.applyTo(aCall({ id: 'call_0' })).status).toBe('pending');
  expect(known.applyTo(aCall({ id: 'call_1' })).status).toBe('cancelled');
});

import { callEventTypes, callStatuses, isTerminal, type CallEventType, type CallStatus } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { statusAfter } from './call-state-machine.ts';

const outcome = (status: CallStatus, type: CallEventType): CallStatus | 'refused' => {
  try {
    return statusAfter(status, type);
  } catch {
    return 'refused';
  }
};

describe("a call's status", () => {
  test('[P3] is left by nothing once it is terminal', () => {
    for (const status of callStatuses.filter(isTerminal)) {
      expect(callEventTypes.map((type) => outcome(status, type))).toEqual(callEventTypes.map(() => 'refused'));
    }
  });

  test('goes from pending to processing, failed or cancelled, and never straight to completed', () => {
    expect(Object.fromEntries(callEventTypes.map((type) => [type, outcome('pending', type)]))).toEqual({
      'call.accepted': 'pending',
      'call.processing': 'processing',
      'call.submission_started': 'refused',
      'call.submission_refused': 'refused',
      'call.submission_unknown': 'refused',
      'call.submission_reconciled': 'refused',
      'call.submitted': 'refused',
      'call.progress': 'refused',
      'call.cancel_requested': 'pending',
      'call.cancel_result': 'pending',
      'call.completed': 'refused',
      'call.failed': 'failed',
      'call.cancelled': 'cancelled',
    });
  });

  test('goes from processing to an end, and what happens meanwhile leaves it', () => {
    const moved = callEventTypes.filter((type) => outcome('processing', type) !== 'processing');
    expect(moved.map((type) => [type, outcome('processing', type)])).toEqual([
      ['call.accepted', 'refused'],
      ['call.completed', 'completed'],
      ['call.failed', 'failed'],
      ['call.cancelled', 'cancelled'],
    ]);
  });
});

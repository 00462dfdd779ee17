import type { AccountEvent, CallEvent, CallEventType, CallStatus } from '@darkroom/contract';

/** Ids of calls and batches that tests may use. */
export const callIds = ['call_01k3x5c5jyfvhbqm6w8r9c4r3n', 'call_01k3x5c5jyfvhbqm6w8r9c4r3p'] as const;
export const batchId = 'bat_01k3x5c5jyfvhbqm6w8r9c4r3n';

const statusByType: Partial<Record<CallEventType, CallStatus>> = {
  'call.accepted': 'pending',
  'call.completed': 'completed',
  'call.failed': 'failed',
  'call.cancelled': 'cancelled',
};

/** An event of a call, as `main` shows it. */
export function callEvent(sequence: number, type: CallEventType, callId: string = callIds[0]): CallEvent {
  return {
    sequence,
    callSequence: sequence,
    callId,
    type,
    status: statusByType[type] ?? 'processing',
    data: type === 'call.completed' ? { output: { images: [] } } : {},
    createdAt: new Date(Date.UTC(2026, 0, 31, 12) + sequence).toISOString(),
  };
}

/** The events of a call from its acceptance to its end, with so many of progress, from a sequence on. */
export function courseOfCall(progress: number, callId: string = callIds[0], first = 1): CallEvent[] {
  const types: CallEventType[] = [
    'call.accepted',
    'call.processing',
    ...Array.from({ length: progress }, () => 'call.progress' as const),
    'call.completed',
  ];
  return types.map((type, index) => callEvent(first + index, type, callId));
}

export const sequencesOf = (events: readonly AccountEvent[]): number[] => events.map(({ sequence }) => sequence);

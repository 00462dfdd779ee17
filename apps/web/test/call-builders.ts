import type { Call, CallEvent, CallEventType } from '@darkroom/contract';

/** A call as `main` shows it, with what a test is about. */
export function aCall(part: Partial<Call> = {}): Call {
  return {
    id: 'call_01',
    status: 'pending',
    callSequence: 1,
    integration: 'nanobanana2',
    operation: 'text-to-image',
    input: { prompt: 'a lighthouse at dawn' },
    progress: { completedSteps: [] },
    workflowId: part.id ?? 'call_01',
    submissions: { claimed: 0, accepted: 0, refused: 0, unknown: 0 },
    simulated: true,
    metadata: {},
    createdAt: '2026-11-28T10:00:00.000Z',
    urls: { self: 'http://localhost:3000/v1/calls/call_01', events: 'http://localhost:3000/v1/calls/call_01/events' },
    ...part,
  };
}

/** An event of that call. */
export function anEvent(
  type: CallEventType,
  data: Record<string, unknown> = {},
  part: Partial<CallEvent> = {},
): CallEvent {
  return {
    sequence: 1,
    callSequence: 2,
    callId: 'call_01',
    type,
    status: statusAfter[type] ?? 'processing',
    data,
    createdAt: '2026-11-28T10:00:05.000Z',
    ...part,
  };
}

const statusAfter: Partial<Record<CallEventType, CallEvent['status']>> = {
  'call.accepted': 'pending',
  'call.completed': 'completed',
  'call.failed': 'failed',
  'call.cancelled': 'cancelled',
};

/** A stored image, as an output names it. */
export function anArtifact(artifactId: string, part: Record<string, unknown> = {}) {
  return {
    artifactId,
    contentType: 'image/png',
    width: 1024,
    height: 768,
    bytes: 2048,
    sha256: 'a'.repeat(64),
    ...part,
  };
}

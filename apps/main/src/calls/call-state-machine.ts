import { isTerminal, type CallEventType, type CallStatus } from '@darkroom/contract';

/** An event that the call's status does not allow. Nothing of the change that held it is written. */
export class CallTransitionError extends Error {
  override readonly name = 'CallTransitionError';
}

/** The status after an event, where the call's status allows the event; throws a CallTransitionError where not. */
export function statusAfter(status: CallStatus, type: CallEventType): CallStatus {
  if (isTerminal(status))
    throw new CallTransitionError(`The call is ${status}: no ${type} can follow, because nothing follows the end.`);
  if (status === 'pending' && !allowedWhilePending.has(type)) {
    throw new CallTransitionError(`The call is pending: call.processing must come before ${type}.`);
  }
  if (status === 'processing' && type === 'call.accepted')
    throw new CallTransitionError('The call was accepted before.');
  return statusByType[type] ?? status;
}

const statusByType: Partial<Record<CallEventType, CallStatus>> = {
  'call.processing': 'processing',
  'call.completed': 'completed',
  'call.failed': 'failed',
  'call.cancelled': 'cancelled',
};

const allowedWhilePending: ReadonlySet<CallEventType> = new Set([
  'call.accepted',
  'call.processing',
  'call.cancel_requested',
  'call.cancel_result',
  'call.failed',
  'call.cancelled',
]);

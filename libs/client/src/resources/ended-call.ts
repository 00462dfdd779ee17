import type { Call } from '../api.ts';
import { DarkroomError } from '../darkroom-error.ts';

/** A call that has ended: nothing about it changes any more. */
export type EndedCall = Call & { status: 'completed' | 'failed' | 'cancelled' };

/** A call with its result. */
export type CompletedCall = Call & { status: 'completed'; output: NonNullable<Call['output']> };

export function hasEnded(call: Call): call is EndedCall {
  return call.completedAt !== undefined;
}

/** Answers a completed call; throws one that has not come to that, as a DarkroomError that says why. */
export function requireCompleted(call: Call): CompletedCall {
  const { id, status, output, error } = call;
  if (status === 'completed' && output !== undefined) return { ...call, status, output };
  if (status === 'failed' && error !== undefined) {
    const { retryable, code, message } = error;
    throw new DarkroomError('call_failed', `The call ${id} failed (${code}). ${message}`, { call, retryable });
  }
  throw new DarkroomError('call_cancelled', `The call ${id} was cancelled. Make it again with calls.retry.`, { call });
}

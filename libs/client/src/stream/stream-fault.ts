import type { StreamEnd } from '@darkroom/contract';
import { DarkroomError } from '../darkroom-error.ts';

/** What the server says when it ends a subscription. */
export type StreamFault = Pick<StreamEnd, 'code' | 'detail' | 'removedThrough'>;

/** The same as an error. */
export function toStreamError({ code, detail, removedThrough }: StreamFault): Error {
  if (code !== 'events_removed' && code !== 'sequence_ahead') return new Error(`${code}: ${detail}`);
  return new DarkroomError(code, detail, { removedThrough });
}

/** Whether no new attempt on a stream would bring what is asked for. Everything else is tried again, and polling finds out what is wrong. */
export function isLastingOnStream(fault: Error | undefined): fault is DarkroomError {
  return fault instanceof DarkroomError && (fault.code === 'events_removed' || fault.code === 'sequence_ahead');
}

/** Whether no new attempt would bring what is asked for: the id is of nothing, the key is not known, events are gone. */
export function isLasting(fault: Error): fault is DarkroomError {
  if (!(fault instanceof DarkroomError)) return false;
  const { status = 0 } = fault;
  return isLastingOnStream(fault) || (status >= 400 && status < 500 && !mayPass.has(status));
}

/** Whether nobody is there, or has too much to do: when that ends is not for a client to say, and its limits do not count it. */
export function isOutage(fault: Error | undefined): boolean {
  return fault instanceof DarkroomError && fault.retryable;
}

/** Client errors that time mends. */
const mayPass: ReadonlySet<number> = new Set([408, 409, 425, 429]);

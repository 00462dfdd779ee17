import { DarkroomError } from '../darkroom-error.ts';
import { type Backoff, backoffMs } from './backoff.ts';

/** Whoever goes on for ever looks again after this at the latest, whatever the server asked for. */
const longestRetryAfterMs = 3_600_000;

/** How long to pause after so many failures in a row, of which the last is given: what its `Retry-After` asks for first, so that all who were told the same do not come at once. */
export function pauseMs(fault: Error | undefined, failures: number, backoff: Backoff): number {
  const asked = fault instanceof DarkroomError ? (fault.retryAfterSeconds ?? 0) : 0;
  return Math.min(asked * 1000, longestRetryAfterMs) + backoffMs(failures, backoff);
}

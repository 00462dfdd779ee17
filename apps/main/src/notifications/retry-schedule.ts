/** When a notification is tried again, and for how long. */
export interface RetrySchedule {
  /** The pauses after the first failures; the last one is used again and again. */
  retrySeconds: readonly number[];
  giveUpSeconds: number;
}

export interface FailedDelivery {
  /** Failures so far, this one included. */
  failures: number;
  /** Since it was first tried to be delivered. */
  elapsedSeconds: number;
  /** What the receiver asked for. */
  retryAfterSeconds?: number | undefined;
  /** From 0 to 1. */
  random: number;
}

const jitter = 0.2;
const longestRetryAfterSeconds = 6 * 3600;

/**
 * After how many seconds a notification is tried again; undefined where it is given up. A receiver that asks for patience gets it, up to
 * six hours. Whatever it asks for, the last attempt is made before the time is over.
 */
export function secondsToNextAttempt(
  { retrySeconds, giveUpSeconds }: RetrySchedule,
  { failures, elapsedSeconds, retryAfterSeconds = 0, random }: FailedDelivery,
): number | undefined {
  const left = giveUpSeconds - elapsedSeconds;
  if (left <= 0) return undefined;
  const planned = retrySeconds[Math.min(failures, retrySeconds.length) - 1] ?? 1;
  const asked = Math.min(retryAfterSeconds, longestRetryAfterSeconds);
  const wanted = asked > planned ? asked * (1 + jitter * random) : planned * (1 + jitter * (2 * random - 1));
  return Math.max(0.1, Math.min(wanted, left));
}

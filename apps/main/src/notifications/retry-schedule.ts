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

/** What follows a failed attempt. It is given up because its time is over, or because that will be so when the receiver may be asked again. */
export type NextAttempt =
  { kind: 'again'; afterSeconds: number } | { kind: 'given_up'; because: 'time_over' | 'asked_for_longer' };

const jitter = 0.2;
/** How much later than its time is over a notification has its last attempt, where the receiver asked to wait until then. */
const longestExtensionSeconds = 24 * 3600;

/**
 * When a notification is tried again. Never sooner than the receiver asked for: where that is beyond the time that there is, the last
 * attempt is made then, up to a day later, and none where it is longer.
 */
export function nextAttempt(
  { retrySeconds, giveUpSeconds }: RetrySchedule,
  { failures, elapsedSeconds, retryAfterSeconds = 0, random }: FailedDelivery,
): NextAttempt {
  const left = giveUpSeconds - elapsedSeconds;
  if (left <= 0) return { kind: 'given_up', because: 'time_over' };
  const latest = retryAfterSeconds > left ? left + longestExtensionSeconds : left;
  if (retryAfterSeconds > latest) return { kind: 'given_up', because: 'asked_for_longer' };
  const planned = retrySeconds[Math.min(failures, retrySeconds.length) - 1] ?? 1;
  const wanted = Math.max(retryAfterSeconds * (1 + jitter * random), planned * (1 + jitter * (2 * random - 1)));
  return { kind: 'again', afterSeconds: Math.max(0.1, Math.min(wanted, latest)) };
}

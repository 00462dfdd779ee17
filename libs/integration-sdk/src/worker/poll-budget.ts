/** A token bucket: how often one set of credentials may ask its provider. */
export interface PollBudget {
  /** Waits, first come first served, until one more look is allowed. Rejects with the signal's reason where it is aborted before. */
  take(signal?: AbortSignal): Promise<void>;
  /** The provider asked for patience: nobody looks for so long. A shorter wish than what already holds changes nothing. */
  slowDown(seconds: number): void;
}

/** A budget that tells how many looks wait for it. */
export interface ObservedPollBudget extends PollBudget {
  waiting(): number;
}

/** The time, and a call at a later time that can be taken back. */
export interface PollClock {
  now(): number;
  wakeAfter(milliseconds: number, wake: () => void): () => void;
}

interface Waiter {
  proceed(): void;
}

// A provider that names a wrong time must not stop every look for a day.
const longestSlowDownSeconds = 300;

/** As many looks in a second as `perSecond` says; those of a quiet second may come at once. */
export function createPollBudget({
  perSecond,
  clock = systemClock,
}: {
  perSecond: number;
  clock?: PollClock;
}): ObservedPollBudget {
  const capacity = Math.max(1, perSecond);
  let tokens = capacity;
  // In the future while the provider wants patience.
  let filledAt = clock.now();
  let takeBackWake: (() => void) | undefined;
  const waiting: Waiter[] = [];

  function refill(): void {
    const elapsedMs = clock.now() - filledAt;
    if (elapsedMs <= 0) return;
    tokens = Math.min(capacity, tokens + (elapsedMs / 1000) * perSecond);
    filledAt += elapsedMs;
  }

  function serve(): void {
    takeBackWake?.();
    takeBackWake = undefined;
    refill();
    while (tokens >= 1 && waiting.length > 0) {
      tokens -= 1;
      waiting.shift()?.proceed();
    }
    if (waiting.length === 0) return;
    const untilFilling = Math.max(0, filledAt - clock.now());
    takeBackWake = clock.wakeAfter(Math.ceil(untilFilling + ((1 - tokens) / perSecond) * 1000), serve);
  }

  return {
    waiting: () => waiting.length,
    take(signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(reasonOf(signal));
        const waiter: Waiter = {
          proceed() {
            signal?.removeEventListener('abort', giveUp);
            resolve();
          },
        };
        const giveUp = () => {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(reasonOf(signal));
          serve();
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        waiting.push(waiter);
        if (!takeBackWake) serve();
      });
    },
    slowDown(seconds) {
      refill();
      const until = clock.now() + Math.min(longestSlowDownSeconds, seconds) * 1000;
      if (!(until > filledAt)) return;
      // What was saved up is not spent at once afterwards: the provider has just said that it was too much.
      tokens = 0;
      filledAt = until;
      serve();
    },
  };
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error(String(reason));
}

const systemClock: PollClock = {
  now: () => performance.now(),
  wakeAfter(milliseconds, wake) {
    const timer = setTimeout(wake, milliseconds);
    // It is the worker that keeps the process alive, not a look that waits.
    timer.unref();
    return () => clearTimeout(timer);
  },
};

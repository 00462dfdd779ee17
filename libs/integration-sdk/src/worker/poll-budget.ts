/** A token bucket: how often one set of credentials may ask its provider. */
export interface PollBudget {
  /** Waits, first come first served, until one more question is allowed. Rejects with the signal's reason where it is aborted before. */
  take(signal?: AbortSignal): Promise<void>;
  /** The provider asked for patience: nobody looks for so long. A shorter wish than what already holds changes nothing. */
  slowDown(seconds: number): void;
  /** The same budget, for looks that are repeated anyway: they let everybody else go first. */
  forLoops(): PollBudget;
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
// Whoever refreshes without end must not keep all other calls from being looked at.
const urgentBeforeALoop = 4;

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
  // A cancel that waits behind every loop comes when the task has begun and is paid for.
  const urgent: Waiter[] = [];
  const loops: Waiter[] = [];
  let urgentInARow = 0;

  const waiting = () => urgent.length + loops.length;

  function next(): Waiter | undefined {
    if (loops.length === 0 || (urgent.length > 0 && urgentInARow < urgentBeforeALoop)) {
      urgentInARow = loops.length === 0 ? 0 : urgentInARow + 1;
      return urgent.shift();
    }
    urgentInARow = 0;
    return loops.shift();
  }

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
    while (tokens >= 1 && waiting() > 0) {
      tokens -= 1;
      next()?.proceed();
    }
    if (waiting() === 0) return;
    const untilFilling = Math.max(0, filledAt - clock.now());
    takeBackWake = clock.wakeAfter(Math.ceil(untilFilling + ((1 - tokens) / perSecond) * 1000), serve);
  }

  function takeIn(lane: Waiter[], signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(reasonOf(signal));
      const waiter: Waiter = {
        proceed() {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      const giveUp = () => {
        lane.splice(lane.indexOf(waiter), 1);
        reject(reasonOf(signal));
        serve();
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      lane.push(waiter);
      if (!takeBackWake) serve();
    });
  }

  function slowDown(seconds: number): void {
    refill();
    const until = clock.now() + Math.min(longestSlowDownSeconds, seconds) * 1000;
    if (!(until > filledAt)) return;
    // What was saved up is not spent at once afterwards: the provider has just said that it was too much.
    tokens = 0;
    filledAt = until;
    serve();
  }

  const patient: PollBudget = { take: (signal) => takeIn(loops, signal), slowDown, forLoops: () => patient };
  return { take: (signal) => takeIn(urgent, signal), slowDown, forLoops: () => patient, waiting };
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

import type { PollClock } from '../src/worker/poll-budget.ts';

/** A clock that stands until the test lets it run. */
export function createPretendedClock(): PollClock & { run(milliseconds: number): Promise<void> } {
  let now = 1_000_000;
  let wakes: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    wakeAfter(milliseconds, wake) {
      const entry = { at: now + milliseconds, wake };
      wakes.push(entry);
      return () => void (wakes = wakes.filter((other) => other !== entry));
    },
    async run(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const next = wakes.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
        if (!next) break;
        now = next.at;
        wakes = wakes.filter((other) => other !== next);
        next.wake();
        await settled();
      }
      now = end;
      await settled();
    },
  };
}

/** What can go on without the clock has gone on. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

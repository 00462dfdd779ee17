import { setImmediate as nextTurn } from 'node:timers/promises';

/** Lets other requests have their turn in the middle of long work. */
export interface Breather {
  /** Waits for the others where this work has had its share of time; otherwise does nothing. */
  breathe(): Promise<void> | undefined;
}

const shareMs = 15;

export function createBreather(): Breather {
  let since = performance.now();
  return {
    breathe() {
      if (performance.now() - since < shareMs) return undefined;
      return nextTurn().then(() => void (since = performance.now()));
    },
  };
}

/** Lets one waiter sleep until somebody rings. A ring while nobody waits is kept for the next wait. */
export interface Bell {
  ring(): void;
  /** Forgets an earlier ring: call it before reading what the bell is about. */
  reset(): void;
  /** Resolves with the next ring, after the time, or when the signal aborts, whichever is first. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    reset() {
      rung = false;
    },
    wait(milliseconds, signal) {
      if (rung || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          wake = undefined;
          resolve();
        };
        const timer = setTimeout(end, milliseconds);
        signal.addEventListener('abort', end);
        wake = end;
      });
    },
  };
}

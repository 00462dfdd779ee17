/** Waits, but no longer than somebody is there to wait for. */
export function waitUnlessGone(milliseconds: number, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (gone.aborted || milliseconds <= 0) return resolve();
    const done = () => {
      clearTimeout(timer);
      gone.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    gone.addEventListener('abort', done);
  });
}

/** As long as a timer can wait. */
export const longestWait = 2 ** 31 - 1;

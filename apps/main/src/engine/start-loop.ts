export interface Loop {
  /** Runs at once or, where a run is under way, again after it. */
  wake(): void;
  /** Ends the loop and waits for the run that is under way. */
  stop(): Promise<void>;
}

/** Runs something whenever it is woken and at least every so often, never twice at the same time. A failed run is told and tried again at the next turn. */
export function startLoop({
  run,
  everyMilliseconds,
  onError,
}: {
  run: () => Promise<void>;
  everyMilliseconds: number;
  onError: (error: unknown) => void;
}): Loop {
  let stopping = false;
  let woken = false;
  let endPause: () => void = () => undefined;

  const turn = async (): Promise<void> => {
    while (!stopping) {
      woken = false;
      await run().catch(onError);
      if (stopping || woken) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMilliseconds);
        endPause = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const ended = turn();

  const wake = () => {
    woken = true;
    endPause();
  };
  return {
    wake,
    stop: () => {
      stopping = true;
      wake();
      return ended;
    },
  };
}

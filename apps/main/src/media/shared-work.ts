/** Begins what a key stands for, or joins it where it is under way. Fails at once where nobody waits any more. */
export type ShareWork<Result> = (
  key: string,
  signal: AbortSignal,
  begin: (signal: AbortSignal) => Promise<Result>,
) => Promise<Result>;

interface Work<Result> {
  result: Promise<Result>;
  wantedBy: number;
  controller: AbortController;
}

/** Work that many may want at once: it is done once for all of them, and given up when the last one has. */
export function createSharedWork<Result>(): ShareWork<Result> {
  const underWay = new Map<string, Work<Result>>();

  const start = (key: string, begin: (signal: AbortSignal) => Promise<Result>): Work<Result> => {
    const controller = new AbortController();
    const forget = () => {
      if (underWay.get(key) === work) underWay.delete(key);
    };
    controller.signal.addEventListener('abort', forget, { once: true });
    const work: Work<Result> = { result: begin(controller.signal).finally(forget), wantedBy: 0, controller };
    underWay.set(key, work);
    return work;
  };

  return async (key, signal, begin) => {
    signal.throwIfAborted();
    const work = underWay.get(key) ?? start(key, begin);
    work.wantedBy += 1;
    const leave = () => {
      work.wantedBy -= 1;
      if (work.wantedBy === 0) work.controller.abort();
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await work.result;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };
}

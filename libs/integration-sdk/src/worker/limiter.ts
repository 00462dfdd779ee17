/** Runs at most so many tasks at once; the others wait in their order. */
export interface Limiter {
  run<Result>(task: () => Promise<Result>): Promise<Result>;
}

export function createLimiter(atOnce: number): Limiter {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function enter(): Promise<void> {
    if (running < atOnce) running += 1;
    else await new Promise<void>((proceed) => waiting.push(proceed));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    async run(task) {
      await enter();
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}

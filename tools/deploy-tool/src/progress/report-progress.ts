/** Hears what is being done now, for anything that takes longer than two seconds. */
export type ReportProgress = (message: string) => void;

/** Reports a step every two seconds for as long as it takes, with the time that it has taken so far. */
export async function withProgress<Result>(
  report: ReportProgress,
  step: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const startedAt = performance.now();
  const timer = setInterval(() => report(`${step} (${Math.round((performance.now() - startedAt) / 1000)} s)`), 2000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

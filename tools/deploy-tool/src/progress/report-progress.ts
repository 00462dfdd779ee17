/** Hears what is being done now, for anything that takes longer than two seconds. */
export type ReportProgress = (message: string) => void;

const firstAfterSeconds = 2;
const thenEverySeconds = 10;

/** Reports a step after two seconds and then every ten, for as long as it takes, with the time that it has taken so far. */
export async function withProgress<Result>(
  report: ReportProgress,
  step: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const startedAt = performance.now();
  const tell = () => report(`${step} (${Math.round((performance.now() - startedAt) / 1000)} s)`);
  let timer = setTimeout(() => {
    tell();
    timer = setInterval(tell, thenEverySeconds * 1000);
  }, firstAfterSeconds * 1000);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

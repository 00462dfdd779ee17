/**
 * For so long a request may take before a run gives it up. Temporal loses a task now and then where the machine is slow
 * (https://github.com/temporalio/temporal/issues/11733) and makes it again after its time-out: after a minute at most, here.
 */
export const patienceSeconds = 300;

export interface Patience {
  readonly signal: AbortSignal;
  readonly seconds?: number;
}

/** Rejects, with what it was, where a request is not answered in time or the run is interrupted; it is not waited for then. */
export async function withinPatience<Answer>(
  what: string,
  request: Promise<Answer>,
  { signal, seconds = patienceSeconds }: Patience,
): Promise<Answer> {
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const interrupt = () => reject(new Error(`${what} is not waited for any more.`, { cause: signal.reason }));
  const timer = setTimeout(() => reject(new Error(`${what} was not answered within ${seconds} s.`)), seconds * 1000);
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    return await Promise.race([request, givenUp]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', interrupt);
  }
}

export interface InFlightLoad {
  /** Requests under way at any time: each is followed by the next as soon as it is answered. */
  readonly inFlight: number;
  /** For how long new requests are made; those under way are awaited. */
  readonly seconds: number;
  readonly signal: AbortSignal;
}

export interface LoadResult {
  readonly latenciesMs: readonly number[];
  /** From the first request to the last answer. */
  readonly elapsedSeconds: number;
}

/** Keeps a number of requests in flight. */
export async function runInFlight(
  { inFlight, seconds, signal }: InFlightLoad,
  request: () => Promise<void>,
): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const keepGoing = async () => {
    while (performance.now() < endsAt) {
      signal.throwIfAborted();
      const sentAt = performance.now();
      await request();
      latenciesMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, keepGoing));
  return { latenciesMs, elapsedSeconds: (performance.now() - startedAt) / 1000 };
}

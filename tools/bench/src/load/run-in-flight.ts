import { withinPatience } from './within-patience.ts';

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

/** Keeps a number of requests in flight. After one that fails, or is not answered, no further one is made. */
export async function runInFlight(
  { inFlight, seconds, signal }: InFlightLoad,
  request: () => Promise<void>,
): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  const failed = new AbortController();
  const over = AbortSignal.any([signal, failed.signal]);
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const keepGoing = async () => {
    while (performance.now() < endsAt) {
      over.throwIfAborted();
      const sentAt = performance.now();
      await withinPatience('A request', request(), { signal: over });
      latenciesMs.push(performance.now() - sentAt);
    }
  };
  try {
    await Promise.all(Array.from({ length: inFlight }, keepGoing));
  } catch (error) {
    failed.abort(error);
    throw error;
  }
  return { latenciesMs, elapsedSeconds: (performance.now() - startedAt) / 1000 };
}

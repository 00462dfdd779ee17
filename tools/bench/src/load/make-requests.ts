import { withinPatience } from './within-patience.ts';

export interface RequestLoad {
  readonly count: number;
  /** Requests under way at any time, as long as there are so many left. */
  readonly inFlight: number;
  readonly signal: AbortSignal;
}

/** Makes a number of requests, each with its index, and resolves once all are answered. After one that fails no further one is made. */
export async function makeRequests(
  { count, inFlight, signal }: RequestLoad,
  request: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const failed = new AbortController();
  const over = AbortSignal.any([signal, failed.signal]);
  const makeInTurn = async () => {
    while (next < count) {
      over.throwIfAborted();
      const index = next;
      next += 1;
      await withinPatience(`Request ${index + 1} of ${count}`, request(index), { signal: over });
    }
  };
  try {
    await Promise.all(Array.from({ length: inFlight }, makeInTurn));
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

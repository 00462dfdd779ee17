/** Workers that run, as a whole. */
export interface FollowedRuns {
  /** Fulfilled when all have ended and the connection is closed; rejected as soon as one fails, while the others still drain. */
  readonly ended: Promise<void>;
  /** As `ended`, but waits for the others after a failure too. */
  readonly drained: Promise<void>;
}

/** Follows Workers that run. The first that fails makes `shutDown` be called, and the connection is closed behind the last. */
export function followRuns(
  runs: readonly Promise<void>[],
  { shutDown, close }: { shutDown: () => void; close: () => Promise<void> },
): FollowedRuns {
  const failed = Promise.all(runs).catch((error: unknown) => {
    shutDown();
    throw error;
  });
  const closed = Promise.allSettled(runs).then(close);
  const drained = closed.then(() => failed).then(() => undefined);
  // A failure is told by `ended`, which ends the process where nobody listens.
  drained.catch(() => undefined);
  return { ended: failed.then(() => closed), drained };
}

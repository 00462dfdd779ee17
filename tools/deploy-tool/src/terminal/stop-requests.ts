export interface StopRequestOptions {
  /** Told once, of the first wish to stop. */
  readonly onStop: () => void;
  /** Told of every later one. */
  readonly onForce: () => void;
}

/**
 * One Ctrl-C can arrive more than once: from the terminal, and again from npm, Nx or a wrapper that passes it on. What
 * comes within this time counts as the same.
 */
const sameWishMilliseconds = 1000;

/** Hears every way in which this process is asked to stop: signals, and the end of the process that started it. */
export function hearStopRequests({ onStop, onForce }: StopRequestOptions): void {
  let askedAt: number | undefined;
  const ask = () => {
    const now = performance.now();
    if (askedAt === undefined) {
      askedAt = now;
      onStop();
    } else if (now - askedAt > sameWishMilliseconds) {
      askedAt = now;
      onForce();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  // The bootstrap and the bin keep a channel open to this process, which closes when they are killed.
  if (process.connected) process.once('disconnect', ask);
}

import { createBell } from './bell.ts';

interface ReadUntilOptions<Seen> {
  read: () => Promise<Seen>;
  /** Whether the wait is over; asked for everything that is seen, the first included. */
  isAwaited: (seen: Seen) => boolean;
  /** Calls back with news of it, until what it answers is called. */
  watch: (onNews: () => void) => () => void;
  seconds: number;
  /** News can be lost: then it is read so much later. */
  compareIntervalMs: number;
  /** Ends the wait early: the client has gone, or the process stops. */
  signal: AbortSignal;
}

/** Reads again with all news, until it is as awaited or the time is over. Answers what was seen last. */
export async function readUntil<Seen>(options: ReadUntilOptions<Seen>): Promise<Seen> {
  const { read, isAwaited, watch, seconds, compareIntervalMs, signal } = options;
  const endsAt = Date.now() + seconds * 1000;
  const bell = createBell();
  const unwatch = seconds === 0 ? undefined : watch(() => bell.ring());
  try {
    for (;;) {
      bell.reset();
      const seen = await read();
      const leftMs = endsAt - Date.now();
      if (isAwaited(seen) || leftMs <= 0 || signal.aborted) return seen;
      await bell.wait(Math.min(compareIntervalMs, leftMs), signal);
    }
  } finally {
    unwatch?.();
  }
}

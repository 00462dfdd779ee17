import type { Pool } from '@darkroom/platform-postgres';
import { createBell } from '../events/bell.ts';
import type { CallNews } from '../events/call-news.ts';
import { type CallVersion, findCallVersion } from './find-call.queries.ts';

export interface WaitOptions {
  pool: Pool;
  callNews: CallNews;
  accountId: string;
  callId: string;
  seconds: number;
  /** Whether the wait is over; asked for every version that is seen, the first one included. */
  isAwaited: (version: CallVersion) => boolean;
  /** Ends the wait early: the client has gone, or the process stops. */
  signal: AbortSignal;
}

const compareIntervalMs = 2_000;

/** Waits until the call is as awaited or the time is over. Answers the last version seen, or undefined where there is no such call. */
export async function waitForCall({
  pool,
  callNews,
  accountId,
  callId,
  seconds,
  isAwaited,
  signal,
}: WaitOptions): Promise<CallVersion | undefined> {
  const endsAt = Date.now() + seconds * 1000;
  const bell = createBell();
  const unwatch = callNews.watch(accountId, callId, () => bell.ring());
  try {
    for (;;) {
      bell.reset();
      const [version] = await findCallVersion(pool, [callId, accountId]);
      const leftMs = endsAt - Date.now();
      if (version === undefined || isAwaited(version) || leftMs <= 0 || signal.aborted) return version;
      await bell.wait(Math.min(compareIntervalMs, leftMs), signal);
    }
  } finally {
    unwatch();
  }
}

import type { Pool } from '@darkroom/platform-postgres';
import type { CallNews } from '../events/call-news.ts';
import { readUntil } from '../events/read-until.ts';
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

/** Waits until the call is as awaited or the time is over. Answers the last version seen, or undefined where there is no such call. */
export function waitForCall({
  pool,
  callNews,
  accountId,
  callId,
  isAwaited,
  ...wait
}: WaitOptions): Promise<CallVersion | undefined> {
  return readUntil({
    ...wait,
    read: async () => (await findCallVersion(pool, [callId, accountId]))[0],
    isAwaited: (version) => version === undefined || isAwaited(version),
    watch: (onNews) => callNews.watch(accountId, callId, onNews),
    compareIntervalMs: 2_000,
  });
}

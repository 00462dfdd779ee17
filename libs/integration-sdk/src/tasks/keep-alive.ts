import { Context } from '@temporalio/activity';

const longestPauseMs = 5_000;
const beatsInTimeout = 3;

/** Heartbeats while the work goes on, so that a lost worker is noticed in seconds, and a cancelled task reaches the work. */
export async function keepAlive<Result>(work: () => Promise<Result>): Promise<Result> {
  const activity = Context.current();
  const { heartbeatTimeoutMs = longestPauseMs * beatsInTimeout } = activity.info;
  const timer = setInterval(() => activity.heartbeat(), Math.min(longestPauseMs, heartbeatTimeoutMs / beatsInTimeout));
  // It is the worker that keeps the process alive, not what its activities say of themselves.
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

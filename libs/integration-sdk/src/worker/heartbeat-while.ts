import { Context } from '@temporalio/activity';

const everyMs = 5_000;

/**
 * Heartbeats, without details, while the work goes on, so that a lost worker is noticed in seconds. `beside` is done at every
 * beat. The work is never aborted: it may be paid already.
 */
export async function heartbeatWhile<Result>(work: () => Promise<Result>, beside: () => void): Promise<Result> {
  const activity = Context.current();
  const beat = () => {
    activity.heartbeat();
    beside();
  };
  const timer = setInterval(beat, everyMs);
  // It is the worker that keeps the process alive, not what its activities say of themselves.
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

import { Context } from '@temporalio/activity';

const everyMs = 5_000;

/**
 * Heartbeats, without details where `details` is absent, while the work goes on, so that a lost worker is noticed in seconds. `beside`, if given, is
 * done at every beat. The work is never aborted: it may be paid already.
 */
export async function heartbeatWhile<Result>(
  work: () => Promise<Result>,
  beside?: () => void,
  details?: () => unknown,
): Promise<Result> {
  const activity = Context.current();
  const beat = () => {
    if (details) activity.heartbeat(details());
    else activity.heartbeat();
    beside?.();
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

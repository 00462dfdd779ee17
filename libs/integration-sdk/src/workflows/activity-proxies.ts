import { ApplicationFailure } from '@temporalio/workflow';

/** Activities whose names are known at run time only. */
export type Activities = Record<string, (input: unknown) => Promise<unknown>>;

export const heartbeatTimeout = '20 s';
export const queueMarginSeconds = 15 * 60;
export const storeTimeout = '20 minutes';
export const reportTimeout = '2 minutes';
export const longestRetryInterval = '30 s';

export function run(activities: Activities, name: string, input: unknown): Promise<unknown> {
  const activity = activities[name];
  if (!activity) throw ApplicationFailure.nonRetryable(`The workflow names no activity "${name}".`);
  return activity(input);
}

/** What the last execution said of itself; a time-out hides it in its cause. */
export function lastFailure(error: Error): { code: string; reason: string } {
  let reason = error.message;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ApplicationFailure) return { code: cause.type ?? 'internal', reason: cause.message };
    reason = cause.message;
  }
  return { code: 'storage_unavailable', reason };
}

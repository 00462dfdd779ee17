import { Context } from '@temporalio/activity';
import type { IntegrationContext } from './integration-context.ts';

const lapseSeconds = 600;

/**
 * How long what is not there may still come: a provider that fails over, or hands a file on to its CDN, answers for minutes as if it had
 * never had what was paid for.
 */
export function lapseMsOf(context: Pick<IntegrationContext<unknown>, 'lapseSeconds'>): number {
  return (context.lapseSeconds ?? lapseSeconds) * 1000;
}

/**
 * Whether the activity is tried for so long that what is missing does not come any more. By Temporal's clock alone: it outlasts every
 * execution, and no clock of a worker can be ahead of it.
 */
export function isLapseOver(context: Parameters<typeof lapseMsOf>[0]): boolean {
  const { scheduledTimestampMs, currentAttemptScheduledTimestampMs } = Context.current().info;
  return currentAttemptScheduledTimestampMs - scheduledTimestampMs >= lapseMsOf(context);
}

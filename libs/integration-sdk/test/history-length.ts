import type { WorkflowHandle } from '@temporalio/client';

/** How many events a workflow's history has, without workflow tasks that timed out, because the machine stood still, and were made again. */
export async function historyLengthOf(handle: Pick<WorkflowHandle, 'fetchHistory'>): Promise<number> {
  const events = (await handle.fetchHistory()).events ?? [];
  const repeated = new Set(
    events.flatMap(({ eventId, workflowTaskTimedOutEventAttributes: timedOut }) =>
      timedOut ? [eventId, timedOut.scheduledEventId, timedOut.startedEventId].map(String) : [],
    ),
  );
  return events.filter(({ eventId }) => !repeated.has(String(eventId))).length;
}

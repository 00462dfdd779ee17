import type { CallReport } from '@darkroom/contract';
import type { Stack } from '@darkroom/testing';

/** Reports progress of a call to `main` as its worker does, all of it at once: faster than any provider is looked at. */
export async function reportProgressAtOnce(
  { workers, place, events }: Stack,
  callId: string,
  percents: number[],
): Promise<void> {
  const run = (await events(callId)).find(({ type }) => type === 'call.processing')?.data as { runId: string };
  const report: CallReport = {
    reportId: `${run.runId}:fast`,
    runId: run.runId,
    workflowId: callId,
    events: percents.map((percent) => ({ type: 'call.progress', data: { percent } })),
  };
  const response = await fetch(`${workers[0]?.environment['MAIN_INTERNAL_URL']}/internal/calls/${callId}/reports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${place.internalToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(report),
  });
  if (!response.ok) throw new Error(`main answered ${response.status} to a report: ${await response.text()}`);
}

/** The shortest time between two that follow each other, in milliseconds; Infinity where there are fewer than two. */
export function shortestPauseMs(events: readonly { createdAt: string }[]): number {
  const times = events.map(({ createdAt }) => Date.parse(createdAt));
  return Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? time)));
}

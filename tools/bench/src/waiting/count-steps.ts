import type { Client } from '@temporalio/client';
import { median } from '../statistics/median.ts';
import { runningOf } from './running-of.ts';

const sampleSize = 20;

/** What one waiting workflow has cost the engine so far: the median of a sample of those that run. */
export async function countSteps(
  engine: Client,
  workflowType: string,
): Promise<{ events: number; stateTransitions: number }> {
  const events: number[] = [];
  const stateTransitions: number[] = [];
  for await (const { workflowId } of engine.workflow.list({ query: runningOf(workflowType) })) {
    const { historyLength, raw } = await engine.workflow.getHandle(workflowId).describe();
    events.push(historyLength);
    stateTransitions.push(Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0));
    if (events.length === sampleSize) break;
  }
  return { events: median(events), stateTransitions: median(stateTransitions) };
}

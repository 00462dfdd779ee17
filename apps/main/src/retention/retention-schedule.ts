import type { RetentionWorkflowInput } from '@darkroom/contract';
import { type Client, ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';

const every = '1 hour';
const jitter = '10 minutes';
const catchupWindow = '10 minutes';
const workflowId = 'darkroom-retention';
const workflowType = 'retentionWorkflow';
const answerMilliseconds = 10_000;

/** The schedule of the deployment whose own workflows run on this queue. */
export function retentionScheduleId(taskQueue: string): string {
  return `darkroom-retention-${taskQueue}`;
}

/** A schedule adds the time of each run to the id. */
export function isRetentionWorkflow(id: string): boolean {
  return id.startsWith(`${workflowId}-`);
}

/** Has Temporal run retention every hour for these kinds; for none, takes the schedule away. What an operator paused stays paused. */
export async function saveRetentionSchedule(
  client: Client,
  { taskQueue, kinds }: RetentionWorkflowInput & { taskQueue: string },
): Promise<'saved' | 'removed' | 'none'> {
  const within = <Answer>(ask: () => Promise<Answer>) => client.withDeadline(Date.now() + answerMilliseconds, ask);
  const scheduleId = retentionScheduleId(taskQueue);
  const handle = client.schedule.getHandle(scheduleId);
  if (kinds.length === 0) return within(() => handle.delete().then(() => 'removed' as const, noneIfNotFound));

  const schedule = {
    spec: { intervals: [{ every }], jitter },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow },
    action: { type: 'startWorkflow' as const, workflowType, workflowId, taskQueue, args: [{ kinds }] },
  };
  return within(async (): Promise<'saved'> => {
    try {
      await client.schedule.create({ scheduleId, ...schedule });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await handle.update(({ state }) => ({ ...schedule, state }));
    }
    return 'saved';
  });
}

function noneIfNotFound(error: unknown): 'none' {
  if (error instanceof ScheduleNotFoundError) return 'none';
  throw error;
}

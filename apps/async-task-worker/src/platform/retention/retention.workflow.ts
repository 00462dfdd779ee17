import type { Removed, RetentionKind, RetentionResult, RetentionWorkflowInput } from '@darkroom/contract';
import { ActivityFailure, ApplicationFailure, continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { RetentionActivities } from './retention-activities.ts';

const { removeOld, tellRemoved } = proxyActivities<RetentionActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '20 s',
  // A quarter of an hour. What is away for longer is asked by the next run.
  retry: { initialInterval: '1 s', maximumInterval: '1 minute', maximumAttempts: 20 },
});

/** Each is some seconds of removing. */
const stepsOfOneRun = 100;

/** Where a run takes over from one whose history had become long. */
interface Continued {
  removed: RetentionResult;
  cursor: string | null;
}

/**
 * Removes what is old, kind by kind, until nothing is left, and says how much. Where one kind cannot be removed the others are all the same, and
 * the run fails with the reason.
 */
export async function retentionWorkflow(
  { kinds }: RetentionWorkflowInput,
  { removed, cursor: from }: Continued = { removed: {}, cursor: null },
): Promise<RetentionResult> {
  const total = { ...removed };
  const failures: string[] = [];
  let steps = 0;
  for (const [index, kind] of kinds.entries()) {
    let cursor = index === 0 ? from : null;
    try {
      do {
        if (steps === stepsOfOneRun && failures.length === 0)
          await continueAsNew<typeof retentionWorkflow>({ kinds: kinds.slice(index) }, { removed: total, cursor });
        const answer = await removeOld(kind, cursor);
        total[kind] = added(total[kind], answer);
        cursor = answer.cursor;
        steps += 1;
      } while (cursor !== null);
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      failures.push(reasonOf(kind, error));
    }
  }
  await tellRemoved(total);
  if (failures.length > 0) throw ApplicationFailure.nonRetryable(failures.join(' '), 'RetentionIncomplete', total);
  return total;
}

function added(before: Removed = { count: 0, bytes: 0 }, { count, bytes }: Removed): Removed {
  return { count: before.count + count, bytes: before.bytes + bytes };
}

function reasonOf(kind: RetentionKind, { cause }: ActivityFailure): string {
  return `Not all ${kind} that are old were removed: ${cause?.message ?? 'the reason is in the history'}.`;
}

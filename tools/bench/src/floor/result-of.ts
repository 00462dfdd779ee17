import type { WorkflowHandle } from '@temporalio/client';
import type { Workflow } from '@temporalio/workflow';

/** Sooner than the load gives up, so that it hears why. */
const patienceSeconds = 240;

/** What a workflow came to. Where it failed or does not come to its end, the error says what it is at. */
export async function resultOf<Started extends Workflow>(handle: WorkflowHandle<Started>) {
  const slow = Promise.withResolvers<never>();
  const timer = setTimeout(() => slow.reject(new Error(`It runs for ${patienceSeconds} s.`)), patienceSeconds * 1000);
  try {
    return await Promise.race([handle.result(), slow.promise]);
  } catch (error) {
    const { raw } = await handle.describe();
    const { pendingActivities, pendingWorkflowTask } = raw;
    throw new Error(
      `The workflow ${handle.workflowId} has no result. ${reasonsOf(error)} Pending: ${JSON.stringify({ pendingActivities, pendingWorkflowTask })}`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
}

function reasonsOf(error: unknown): string {
  const reasons: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) reasons.push(cause.message);
  return reasons.join(' ');
}

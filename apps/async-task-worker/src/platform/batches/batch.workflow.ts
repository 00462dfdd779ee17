import type { BatchWorkflowInput } from '@darkroom/contract';
import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { BatchActivities } from './batch-activities.ts';

/** How often an execution beats is decided by the activity: more often than this. */
const heartbeatTimeout = '20 s';
/** An execution ends by itself after an hour. */
const pageTimeout = '2 hours';
const pagesOfOneRun = 10;

const { advanceBatch } = proxyActivities<BatchActivities>({
  heartbeatTimeout,
  startToCloseTimeout: pageTimeout,
  retry: { maximumInterval: '30 s' },
});

/** Leads a batch to its end, page by page, so that its history stays small however many calls there are. */
export async function batchWorkflow(input: BatchWorkflowInput & { released?: number }): Promise<void> {
  let released = input.released ?? 0;
  for (let page = 0; page < pagesOfOneRun; page += 1) {
    const advance = await advanceBatch({ batchId: input.batchId, released });
    if (advance.isOver) return;
    released = advance.released;
  }
  await continueAsNew<typeof batchWorkflow>({ ...input, released });
}

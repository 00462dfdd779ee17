import type { CallReport } from '@darkroom/contract';
import { condition, patched, workflowInfo } from '@temporalio/workflow';
import { deliver, type TaskStory } from './task-story.ts';

const reason =
  'Whether the provider took the submission, and as which task, is not known yet. It is being found out, and the call goes on; as soon as the task is known, the provider is asked to cancel it.';

/** Answers a cancel that comes while nobody knows which task it is about. The wish stands: it is answered again when the task is known. */
export async function putCancelOff(story: TaskStory): Promise<void> {
  await condition(() => story.wishes.isCancelRequested());
  if (story.isCancelPutOff || !patched('cancel-is-put-off')) return;
  story.isCancelPutOff = true;
  const { runId, workflowId } = workflowInfo();
  const report: CallReport = {
    reportId: `${runId}:${story.nextReportNumber()}`,
    runId,
    workflowId,
    events: [{ type: 'call.cancel_result', data: { result: 'not_possible', reason } }],
  };
  await deliver(story, report);
}

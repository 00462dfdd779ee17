import type { CallReport, CallWorkflowInput } from '@darkroom/contract';
import { allHandlersFinished, CancellationScope, condition, patched, setHandler, sleep } from '@temporalio/workflow';
import type { SubmitInput } from '../call/call-activity.schema.ts';
import { receiveWishes } from './call-wishes.ts';
import { connectPollActivities } from './connect-poll-activities.ts';
import { findOut } from './find-out.ts';
import { followTaskToItsEnd } from './follow-task.ts';
import { lossBackoffSeconds } from './loss-backoff.ts';
import { progressQuery } from './progress-query.ts';
import { deliver, type TaskStory } from './task-story.ts';

/**
 * The durable workflow of the delivery kinds `poll` and `callback`; `name` is the one that `createPollActivities` was given. Its return
 * value is its last report, or null where `main` said that there was nothing to do.
 */
export function createPollWorkflow(name: string): (call: CallWorkflowInput) => Promise<CallReport | null> {
  return (call) =>
    // An operator's cancellation must not abort what is paid for: cancelling a call is a signal's matter.
    CancellationScope.nonCancellable(async () => {
      const wishes = receiveWishes(call);
      let reports = 0;
      const story: TaskStory = {
        call,
        activities: connectPollActivities(name, call),
        wishes,
        progress: { step: 'submitting', attempt: 1 },
        sentBefore: 0,
        nextReportNumber: () => (reports += 1),
        isCancelAnswered: false,
        isCancelPutOff: false,
      };
      setHandler(progressQuery, () => story.progress);
      const report = await followCall(story);
      story.progress.step = 'done';
      await condition(allHandlersFinished);
      return report;
    });
}

async function followCall(story: TaskStory): Promise<CallReport | null> {
  const { call, activities, wishes, progress } = story;
  const first = { call, attempt: 1, sentBefore: 0, again: false };
  let submission: Omit<SubmitInput, 'reportNumber'> = first;
  let losses = 0;

  for (;;) {
    const { attempt } = submission;
    progress.attempt = attempt;
    progress.step = 'submitting';
    wishes.follow(attempt);
    story.sentBefore = submission.sentBefore;
    const submitted = await activities.submit({ ...submission, reportNumber: story.nextReportNumber() });
    if ('unreported' in submitted) await deliver(story, submitted.unreported);
    const result = submitted.status === 'unclear' ? await findOut(story, submitted.submission) : submitted;
    if (result !== submitted && 'unreported' in result) await deliver(story, result.unreported);

    switch (result.status) {
      case 'submitted':
        return followTaskToItsEnd(story, result.task);
      case 'ended':
        progress.step = 'reporting';
        if (!result.reported) await deliver(story, result.report);
        return result.report;
      case 'stopped':
        return null;
      case 'lost':
        progress.step = 'waiting';
        await sleep(lossBackoffSeconds(losses) * 1000);
        losses += 1;
        submission = { ...submission, again: true };
        break;
      case 'waiting':
        progress.step = 'waiting';
        await sleep(result.afterSeconds * 1000);
        break;
      case 'retry': {
        progress.step = 'waiting';
        await sleepUntilCancelled(story, result.afterSeconds);
        if (submitted.status === 'unclear' && isProvenLate(story, attempt)) {
          const found = await findOut(story, submitted.submission);
          if ('unreported' in found) await deliver(story, found.unreported);
          return found.status === 'submitted' ? followTaskToItsEnd(story, found.task) : null;
        }
        losses = 0;
        const { deadlineAt } = result;
        const sentBefore = submission.sentBefore + (result.sent ? 1 : 0);
        submission = { call, attempt: attempt + 1, sentBefore, again: false, deadlineAt };
        break;
      }
    }
  }
}

/** What the list did not show has called back meanwhile: it is paid, and another submission would be paid too. */
function isProvenLate({ wishes }: TaskStory, attempt: number): boolean {
  return wishes.provenTask(attempt) !== undefined && patched('late-proof-counts');
}

/** A cancel ends the wait: the next claim is answered with the end of the call. */
async function sleepUntilCancelled({ wishes }: TaskStory, seconds: number): Promise<void> {
  if (seconds > 0) await condition(() => wishes.isCancelRequested(), seconds * 1000);
}

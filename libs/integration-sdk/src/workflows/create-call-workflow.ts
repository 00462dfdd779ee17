import type { CallReport, CallWorkflowInput } from '@darkroom/contract';
import { allHandlersFinished, CancellationScope, condition, setHandler, sleep } from '@temporalio/workflow';
import type { SubmitInput } from '../call/call-activity.schema.ts';
import { receiveCancel } from './call-wishes.ts';
import { lossBackoffSeconds } from './loss-backoff.ts';
import { progressQuery } from './progress-query.ts';
import { type CallActivityNames, type ConnectedActivities, connectCallActivities } from './connect-call-activities.ts';

/** What the query `progress` answers, for people who look at a workflow; the status of a call is read from `main`. */
export interface CallWorkflowProgress {
  step: 'submitting' | 'waiting' | 'storing' | 'reporting' | 'done';
  attempt: number;
}

/**
 * The durable workflow of the delivery kind `call`. One activity claims, asks, stores and reports; the workflow makes the next
 * attempt, and stores or reports again only where the activity could not. Its return value is its last report, or null where
 * `main` said that there was nothing to do.
 */
export function createCallWorkflow(names: CallActivityNames): (call: CallWorkflowInput) => Promise<CallReport | null> {
  return (call) =>
    // An operator's cancellation must not abort what is paid for: cancelling a call is a signal's matter.
    CancellationScope.nonCancellable(async () => {
      const isCancelRequested = receiveCancel();
      const progress: CallWorkflowProgress = { step: 'submitting', attempt: 1 };
      setHandler(progressQuery, () => progress);
      const activities = connectCallActivities(names, call);
      const report = await followCall({ call, activities, progress, isCancelRequested });
      progress.step = 'done';
      await condition(allHandlersFinished);
      return report;
    });
}

async function followCall({
  call,
  activities,
  progress,
  isCancelRequested,
}: {
  call: CallWorkflowInput;
  activities: ConnectedActivities;
  progress: CallWorkflowProgress;
  isCancelRequested: () => boolean;
}): Promise<CallReport | null> {
  const { callId } = call;
  let submission: SubmitInput = { call, attempt: 1, reportNumber: 1, sentBefore: 0, again: false };
  let losses = 0;

  for (;;) {
    const { attempt } = submission;
    progress.attempt = attempt;
    progress.step = 'submitting';
    let result = await activities.submitAndStore(submission);
    // No two executions share the id of a report: the second one's would be taken for a repeat of the first one's.
    let reportNumber = submission.reportNumber + 1;

    while (result.status === 'spooled') {
      const { submittedReported, deadlineAt, unreported } = result;
      progress.step = 'storing';
      if (unreported) await activities.report({ kind: 'deliver', callId, report: unreported });
      result = await activities.store({
        call,
        attempt,
        reportNumber,
        sentBefore: submission.sentBefore,
        submittedReported,
        deadlineAt,
      });
      reportNumber += 1;
    }

    switch (result.status) {
      case 'ended':
        progress.step = 'reporting';
        if (!result.reported) await activities.report({ kind: 'deliver', callId, report: result.report });
        return result.report;
      case 'stopped':
        return null;
      case 'gave_up':
        progress.step = 'reporting';
        return activities.report({
          kind: 'gave_up_storing',
          callId,
          reportNumber,
          code: result.code,
          reason: result.reason,
          storageRetrySeconds: call.storageRetrySeconds,
        });
      case 'lost':
        progress.step = 'waiting';
        await sleep(lossBackoffSeconds(losses) * 1000);
        losses += 1;
        submission = { ...submission, reportNumber, again: true };
        break;
      case 'waiting':
        progress.step = 'waiting';
        await sleep(result.afterSeconds * 1000);
        submission = { ...submission, reportNumber };
        break;
      case 'retry':
        progress.step = 'waiting';
        if (result.unreported) await activities.report({ kind: 'deliver', callId, report: result.unreported });
        // A cancel ends the wait: the next claim is answered with the end of the call.
        await condition(isCancelRequested, Math.max(1, result.afterSeconds * 1000));
        losses = 0;
        submission = {
          call,
          attempt: attempt + 1,
          reportNumber,
          sentBefore: submission.sentBefore + (result.sent ? 1 : 0),
          again: false,
          deadlineAt: result.deadlineAt,
        };
        break;
    }
  }
}

import type { CallReport, CallWorkflowInput } from '@darkroom/contract';
import { type CancellationScope, isCancellation } from '@temporalio/workflow';
import type { CallWishes } from './call-wishes.ts';
import type { ConnectedPollActivities } from './connect-poll-activities.ts';

/** What the query `progress` answers, for people who look at a workflow; the status of a call is read from `main`. */
export interface PollWorkflowProgress {
  step: 'submitting' | 'finding_out' | 'waiting' | 'storing' | 'reporting' | 'done';
  attempt: number;
}

/** What every part of the story of a polled call works with. */
export interface TaskStory {
  call: CallWorkflowInput;
  activities: ConnectedPollActivities;
  wishes: CallWishes;
  progress: PollWorkflowProgress;
  /** How many of the call's earlier submissions were sent. */
  sentBefore: number;
  /** No two executions share the id of a report: the second one's would be taken for a repeat of the first one's. */
  nextReportNumber(): number;
  /** Whether the provider was asked to cancel, or it was said that it cannot be. */
  isCancelAnswered: boolean;
  /** Whether it was said that a cancel has to wait until it is known which task it is. */
  isCancelPutOff: boolean;
}

/** Delivers, without end, what an activity could not. */
export async function deliver({ call, activities }: TaskStory, unreported: CallReport | undefined): Promise<void> {
  if (unreported) await activities.report({ kind: 'deliver', callId: call.callId, report: unreported });
}

/** Lets something go on beside the story; it ends by itself or with the scope. */
export function beside(scope: CancellationScope, act: () => Promise<void>, onFailure: (error: unknown) => void): void {
  scope.run(act).catch((error: unknown) => {
    if (!isCancellation(error)) onFailure(error);
  });
}

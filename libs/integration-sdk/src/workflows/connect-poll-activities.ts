import type { CallReport, CallWorkflowInput } from '@darkroom/contract';
import { ActivityCancellationType, ActivityFailure, log, proxyActivities } from '@temporalio/workflow';
import type { SubmitInput } from '../call/call-activity.schema.ts';
import type {
  CancelInput,
  CancelResult,
  LookInput,
  LookResult,
  ReconcileInput,
  ReconcileResult,
  StoreTaskInput,
  SubmitTaskResult,
  TaskReportInput,
} from '../call/poll-activity.schema.ts';
import type { PollActivities } from '../worker/poll-activities.ts';
import {
  type Activities,
  heartbeatTimeout,
  lastFailure,
  longestRetryInterval,
  queueMarginSeconds,
  reportTimeout,
  run,
  storeTimeout,
} from './activity-proxies.ts';

type StoreEnd = LookResult | { status: 'gave_up'; code: string; reason: string };

/** The activities as the workflow's story uses them: an execution that is lost is a result, not an error. */
export interface ConnectedPollActivities {
  submit(input: SubmitInput): Promise<SubmitTaskResult | { status: 'lost' }>;
  /** Rejects where its scope is cancelled. */
  poll(input: LookInput): Promise<LookResult>;
  pollOnce(input: LookInput): Promise<LookResult>;
  store(input: StoreTaskInput): Promise<StoreEnd>;
  report(input: TaskReportInput): Promise<CallReport>;
  cancel(input: CancelInput): Promise<CancelResult>;
  reconcile(input: ReconcileInput): Promise<ReconcileResult>;
}

const shortestPollHeartbeatSeconds = 20;
const longestPollHeartbeatSeconds = 60;
const marginForStoringSeconds = 3_600;
const lookTries = 10;
const askTimeout = '15 minutes';

export function connectPollActivities(name: string, call: CallWorkflowInput): ConnectedPollActivities {
  const { limits } = call;
  const summary = `${call.operation} ${call.callId}`;
  const kept = { cancellationType: ActivityCancellationType.ABANDON, summary };
  const givenUp = { cancellationType: ActivityCancellationType.TRY_CANCEL, summary };
  const retry = { maximumInterval: longestRetryInterval } as const;

  // A submission is never repeated by Temporal: what follows a lost one is decided with `main`.
  const submitting = proxyActivities<Activities>({
    ...kept,
    heartbeatTimeout,
    startToCloseTimeout: (limits.deadlineSeconds + call.storageRetrySeconds + queueMarginSeconds) * 1000,
    retry: { maximumAttempts: 1 },
  });
  const polling = proxyActivities<Activities>({
    ...givenUp,
    // Every heartbeat of a call that only waits costs Temporal a write: a slow interval can be missed for longer.
    heartbeatTimeout:
      Math.min(
        longestPollHeartbeatSeconds,
        Math.max(shortestPollHeartbeatSeconds, 4 * (limits.pollIntervalSeconds ?? 0)),
      ) * 1000,
    startToCloseTimeout:
      ((limits.pollFirstSeconds ?? 0) + (limits.pollWindowSeconds ?? 0) + marginForStoringSeconds) * 1000,
    retry,
  });
  const lookingOnce = proxyActivities<Activities>({
    ...givenUp,
    heartbeatTimeout,
    startToCloseTimeout: marginForStoringSeconds * 1000,
    retry: { ...retry, maximumAttempts: lookTries },
  });
  const storing = proxyActivities<Activities>({
    ...kept,
    heartbeatTimeout,
    startToCloseTimeout: storeTimeout,
    scheduleToCloseTimeout: call.storageRetrySeconds * 1000,
    retry,
  });
  const asking = proxyActivities<Activities>({ ...givenUp, heartbeatTimeout, startToCloseTimeout: askTimeout, retry });
  const reporting = proxyActivities<Activities>({
    ...kept,
    heartbeatTimeout,
    startToCloseTimeout: reportTimeout,
    retry,
  });

  const named = (step: Step): string => `${name}${step}`;
  return {
    async submit(input) {
      try {
        return (await run(submitting, named('Submit'), input)) as SubmitTaskResult;
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        const { reason } = lastFailure(error);
        log.warn('an execution was lost and is followed up', { attempt: input.attempt, reason });
        return { status: 'lost' };
      }
    },
    poll: (input) => run(polling, named('Poll'), input) as Promise<LookResult>,
    pollOnce: (input) => run(lookingOnce, named('PollOnce'), input) as Promise<LookResult>,
    async store(input) {
      try {
        return (await run(storing, named('Store'), input)) as LookResult;
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        return { status: 'gave_up', ...lastFailure(error) };
      }
    },
    report: (input) => run(reporting, named('Report'), input) as Promise<CallReport>,
    cancel: (input) => run(asking, named('Cancel'), input) as Promise<CancelResult>,
    reconcile: (input) => run(asking, named('Reconcile'), input) as Promise<ReconcileResult>,
  };
}

type Step = keyof PollActivities<''>;

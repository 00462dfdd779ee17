import type { CallReport, CallWorkflowInput } from '@darkroom/contract';
import { ActivityCancellationType, ActivityFailure, log, proxyActivities } from '@temporalio/workflow';
import type { CallActivityResult, ReportInput, StoreInput, SubmitInput } from '../call/call-activity.schema.ts';
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

/** Under which names the integration registered the activities of `createCallActivities`. */
export interface CallActivityNames {
  submitAndStore: string;
  store: string;
  report: string;
}

/** `lost`: the execution ended without a result, wherever it was. `gave_up`: the answer could not be stored in its time. */
export type ConnectedResult =
  CallActivityResult | { status: 'lost' } | { status: 'gave_up'; code: string; reason: string };

/** The activities as the workflow's story uses them: an execution that is lost is a result, not an error. */
export interface ConnectedActivities {
  submitAndStore(input: SubmitInput): Promise<ConnectedResult>;
  store(input: StoreInput): Promise<ConnectedResult>;
  report(input: ReportInput): Promise<CallReport>;
}

export function connectCallActivities(names: CallActivityNames, call: CallWorkflowInput): ConnectedActivities {
  const common = { cancellationType: ActivityCancellationType.ABANDON, summary: `${call.operation} ${call.callId}` };

  // A submission is never repeated by Temporal: what follows a lost one is decided with `main`.
  const submitting = proxyActivities<Activities>({
    ...common,
    heartbeatTimeout,
    startToCloseTimeout: (call.limits.deadlineSeconds + call.storageRetrySeconds + queueMarginSeconds) * 1000,
    retry: { maximumAttempts: 1 },
  });
  const storing = proxyActivities<Activities>({
    ...common,
    heartbeatTimeout,
    startToCloseTimeout: storeTimeout,
    scheduleToCloseTimeout: call.storageRetrySeconds * 1000,
    retry: { maximumInterval: longestRetryInterval },
  });
  const reporting = proxyActivities<Activities>({
    ...common,
    heartbeatTimeout,
    startToCloseTimeout: reportTimeout,
    retry: { maximumInterval: longestRetryInterval },
  });

  return {
    async submitAndStore(input) {
      try {
        return (await run(submitting, names.submitAndStore, input)) as CallActivityResult;
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        log.warn('an execution was lost and is followed up', {
          attempt: input.attempt,
          reason: lastFailure(error).reason,
        });
        return { status: 'lost' };
      }
    },
    async store(input) {
      try {
        return (await run(storing, names.store, input)) as CallActivityResult;
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        return { status: 'gave_up', ...lastFailure(error) };
      }
    },
    report: (input) => run(reporting, names.report, input) as Promise<CallReport>,
  };
}

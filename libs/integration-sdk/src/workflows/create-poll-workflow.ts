import type { CallReport, CallWorkflowInput } from '@darkroom/contract';
import { ApplicationFailure } from '@temporalio/workflow';

/**
 * The durable workflow of the delivery kinds `poll` and `callback`; `name` is the one that `createPollActivities` was given. Its return
 * value is its last report, or null where `main` said that there was nothing to do.
 */
export function createPollWorkflow(name: string): (call: CallWorkflowInput) => Promise<CallReport | null> {
  return async () => {
    throw ApplicationFailure.nonRetryable(`The workflow of ${name} is not built yet.`);
  };
}

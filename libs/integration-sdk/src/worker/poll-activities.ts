import type { CallReport } from '@darkroom/contract';
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

/** The activities of the delivery kinds `poll` and `callback`, under the names by which `createPollWorkflow(name)` calls them. */
export type PollActivities<Name extends string> = {
  /** Claims the attempt, makes the paid request and reports what became of it. */
  [Activity in `${Name}Submit`]: (input: SubmitInput) => Promise<SubmitTaskResult>;
} & {
  /** Looks at the task until it has ended, then stores and reports. */
  [Activity in `${Name}Poll`]: (input: LookInput) => Promise<LookResult>;
} & {
  /** Looks once, for a refresh, a callback or at the deadline. */
  [Activity in `${Name}PollOnce`]: (input: LookInput) => Promise<LookResult>;
} & {
  /** Stores a result that waits in a spool, and reports. */
  [Activity in `${Name}Store`]: (input: StoreTaskInput) => Promise<LookResult>;
} & {
  /** Delivers a report that could not be delivered, or reports what the workflow alone can know. */
  [Activity in `${Name}Report`]: (input: TaskReportInput) => Promise<CallReport>;
} & {
  /** Asks the provider to cancel the task, where it can be asked. */
  [Activity in `${Name}Cancel`]: (input: CancelInput) => Promise<CancelResult>;
} & {
  /** Finds out what became of a submission that got no answer. */
  [Activity in `${Name}Reconcile`]: (input: ReconcileInput) => Promise<ReconcileResult>;
};

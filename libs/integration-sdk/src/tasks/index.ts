export { TemporalAsyncTask } from './temporal-async-task.ts';
export type { AnyAsyncTask, AsyncTaskOptions } from './temporal-async-task.ts';
export { implementTask, referToTask } from './declared-task.ts';
export { AsyncTaskComponent } from './async-task-component.ts';
export type { AsyncTaskComponentOptions } from './component-options.ts';
export type { AsyncTaskFailure, AsyncTaskStatus } from './async-task-status.ts';
export type { AsyncTaskRetryPolicy } from './retry-policy.ts';
export { workflowTypePrefix as asyncTaskTypePrefix } from './task-story.ts';
export { step } from './task-function.ts';
export type { AsyncTaskContext, AsyncTaskFunction, AsyncTaskStep } from './task-function.ts';
export {
  AsyncTaskError,
  AsyncTaskIdTakenError,
  AsyncTaskNotConnectedError,
  AsyncTaskNotFoundError,
  AsyncTaskStepError,
} from './task-errors.ts';

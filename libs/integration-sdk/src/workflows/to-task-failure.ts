import { ApplicationFailure } from '@temporalio/workflow';
import type { TaskError } from '../tasks/task-story.ts';

/** The failure that ends a task, without a stack. */
export function toTaskFailure({ code, message, step }: TaskError): ApplicationFailure {
  const failure = ApplicationFailure.create({ type: code, message, nonRetryable: true, details: [{ step }] });
  failure.stack = '';
  return failure;
}

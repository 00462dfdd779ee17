import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { type UnknownTask, workflowTypePrefix } from './task-story.ts';

/**
 * The activity of a Worker for all that it does not have, such as the tasks of a deployment that is under way. Without it the SDK would take the step for failed, and log
 * the params and results of the task.
 */
export async function answerUnknown(): Promise<UnknownTask> {
  const { activityType, attempt } = Context.current().info;
  if (activityType.startsWith(workflowTypePrefix)) return { kind: 'unknown', attempt };
  throw ApplicationFailure.create({ type: 'NotFoundError', message: `This worker has no activity ${activityType}.` });
}

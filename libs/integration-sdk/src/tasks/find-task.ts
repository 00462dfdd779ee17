import { type Client, type WorkflowExecutionDescription, WorkflowNotFoundError } from '@temporalio/client';
import { isTaskId } from './task-id.ts';

/** What Temporal knows of a task, in its latest run. Undefined where nothing has the id, or something else than a task of this name. */
export async function describeTask(
  client: Client,
  { workflowType }: { workflowType: string },
  taskId: string,
): Promise<WorkflowExecutionDescription | undefined> {
  if (!isTaskId(taskId)) return undefined;
  try {
    const description = await client.workflow.getHandle(taskId).describe();
    return description.type === workflowType ? description : undefined;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** A task that ends meanwhile is left alone. */
export async function cancelTask(client: Client, taskId: string): Promise<void> {
  try {
    await client.workflow.getHandle(taskId).cancel();
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

import { asyncTaskTypePrefix } from '@darkroom/integration-sdk/tasks';

/** How the log names what a workflow is about, by the type of the workflow or of its activity: a call, or an asynchronous task. The workflow has its id. */
export function subjectOf(workflowId: string, type: unknown): Record<string, string> {
  const isTask = typeof type === 'string' && type.startsWith(asyncTaskTypePrefix);
  return { [isTask ? 'task_id' : 'call_id']: workflowId, workflow_id: workflowId };
}

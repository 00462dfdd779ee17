/** A query for the workflows of this type that have not ended. */
export function runningOf(workflowType: string): string {
  return `WorkflowType = '${workflowType}' AND ExecutionStatus = 'Running'`;
}

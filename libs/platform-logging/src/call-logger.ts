import type { Logger } from './create-logger.ts';

/** A logger whose every line carries `call_id` and `workflow_id`. */
export function callLogger(logger: Logger, { callId, workflowId }: { callId: string; workflowId: string }): Logger {
  return logger.child({ call_id: callId, workflow_id: workflowId });
}

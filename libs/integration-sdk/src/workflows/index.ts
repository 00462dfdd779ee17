export { createCallWorkflow, progressQuery } from './create-call-workflow.ts';
export type { CallWorkflowProgress } from './create-call-workflow.ts';
export { createPollWorkflow } from './create-poll-workflow.ts';

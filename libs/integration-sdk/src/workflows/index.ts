export { createCallWorkflow, progressQuery } from './create-call-workflow.ts';
export type { CallWorkflowProgress } from './create-call-workflow.ts';

export { createCallWorkflow } from './create-call-workflow.ts';
export type { CallWorkflowProgress } from './create-call-workflow.ts';
export { createPollWorkflow } from './create-poll-workflow.ts';
export { progressQuery } from './progress-query.ts';
export type { PollWorkflowProgress } from './task-story.ts';

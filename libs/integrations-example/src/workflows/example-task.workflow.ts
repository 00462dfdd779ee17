import { createPollWorkflow } from '@darkroom/integration-sdk/workflows';

/** Submits a task or a job, and asks for it until it ends or the provider calls back. */
export const exampleTaskWorkflow = createPollWorkflow('exampleTask');

import { createPollWorkflow } from '@darkroom/integration-sdk/workflows';

/** Submits a video task and asks for it until it ends; durable to the last report. */
export const videoPollingWorkflow = createPollWorkflow('videoGeneration');

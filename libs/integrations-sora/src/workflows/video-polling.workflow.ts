import { createPollWorkflow } from '@darkroom/integration-sdk/workflows';

/** Creates a video and asks for it until it is done; durable to the last report. */
export const videoPollingWorkflow = createPollWorkflow('sora');

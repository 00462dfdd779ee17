import { createPollWorkflow } from '@darkroom/integration-sdk/workflows';

/** Starts an operation and asks for it until it is done; durable to the last report. */
export const videoPollingWorkflow = createPollWorkflow('veo');

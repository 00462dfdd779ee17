import { createPollWorkflow } from '@darkroom/integration-sdk/workflows';

/** Submits a task and waits for its callback or its state, whichever is first; durable to the last report. */
export const imageCallbackWorkflow = createPollWorkflow('nanoBanana');

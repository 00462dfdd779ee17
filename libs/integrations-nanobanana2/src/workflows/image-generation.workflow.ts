import { createCallWorkflow } from '@darkroom/integration-sdk/workflows';

/** Generates, stores and reports an image; durable from the first claim to the last report. */
export const imageGenerationWorkflow = createCallWorkflow({
  submitAndStore: 'generateAndUploadImage',
  store: 'uploadImageToStorage',
  report: 'reportCall',
});

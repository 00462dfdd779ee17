import { createCallWorkflow } from '@darkroom/integration-sdk/workflows';

/** Generates, stores and reports images; durable from the first claim to the last report. */
export const imageGenerationWorkflow = createCallWorkflow({
  submitAndStore: 'generateSeedreamImages',
  store: 'storeSeedreamImages',
  report: 'reportSeedreamCall',
});

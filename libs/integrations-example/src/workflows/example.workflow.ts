import { createCallWorkflow } from '@darkroom/integration-sdk/workflows';

/** Generates, stores and reports one image. */
export const exampleWorkflow = createCallWorkflow({
  submitAndStore: 'generateExampleImage',
  store: 'storeExampleImage',
  report: 'reportExampleCall',
});

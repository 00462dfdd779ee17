import { createCallWorkflow } from '../../src/workflows/index.ts';

export const drawWorkflow = createCallWorkflow({
  submitAndStore: 'drawAndStore',
  store: 'storeDrawing',
  report: 'reportCall',
});

import { createCallWorkflow, createPollWorkflow } from '../../src/workflows/index.ts';

export const drawWorkflow = createCallWorkflow({
  submitAndStore: 'drawAndStore',
  store: 'storeDrawing',
  report: 'reportCall',
});

export const paintWorkflow = createPollWorkflow('paint');

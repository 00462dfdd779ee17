export { batchWorkflow } from '../batches/batch.workflow.ts';

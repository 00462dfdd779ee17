export { batchWorkflow } from '../batches/batch.workflow.ts';
export { notificationWorkflow } from '../notifications/notification.workflow.ts';

export { batchWorkflow } from '../batches/batch.workflow.ts';
export { notificationWorkflow } from '../notifications/notification.workflow.ts';
export { retentionWorkflow } from '../retention/retention.workflow.ts';

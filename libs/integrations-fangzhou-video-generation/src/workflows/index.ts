export { videoPollingWorkflow } from './video-polling.workflow.ts';

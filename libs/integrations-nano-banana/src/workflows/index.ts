export { imageCallbackWorkflow } from './image-callback.workflow.ts';

export { imageGenerationWorkflow } from './image-generation.workflow.ts';

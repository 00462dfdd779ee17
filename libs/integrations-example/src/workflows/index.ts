export { exampleWorkflow } from './example.workflow.ts';

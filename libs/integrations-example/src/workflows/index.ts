export { exampleTaskWorkflow } from './example-task.workflow.ts';
export { exampleWorkflow } from './example.workflow.ts';

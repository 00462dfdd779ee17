export { createExampleActivities as createActivities } from './activities/create-example-activities.ts';
export { createExampleTasks as createAsyncTasks } from './tasks/create-example-tasks.ts';

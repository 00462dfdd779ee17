export { createExampleActivities as createActivities } from './activities/create-example-activities.ts';

export { createImageActivities as createActivities } from './activities/create-image-activities.ts';

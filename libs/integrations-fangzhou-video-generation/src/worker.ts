export { createVideoActivities as createActivities } from './activities/create-video-activities.ts';

export { checkVideo } from '../worker/check-video.ts';
export type { VideoFacts } from '../worker/check-video.ts';

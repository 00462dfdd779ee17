export { createCallbackToken, readCallbackToken } from './callback-token.ts';
export type { CallbackAddress } from './callback-token.ts';
export { createMediaPath, isMediaLink } from './media-link.ts';
export type { MediaLink } from './media-link.ts';
export { createThumbnailPath, isThumbnailLink } from './thumbnail-link.ts';
export type { ThumbnailLink } from './thumbnail-link.ts';

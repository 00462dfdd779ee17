export { createCallbackToken, readCallbackToken } from './callback-token.ts';
export type { CallbackAddress } from './callback-token.ts';
export { createUploadPath, isUploadLink } from './upload-link.ts';
export type { UploadLink } from './upload-link.ts';
export { createThumbnailPath, isThumbnailLink } from './thumbnail-link.ts';
export type { ThumbnailLink } from './thumbnail-link.ts';

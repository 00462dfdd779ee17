import { contentPath, thumbnailPath, uploadContentPath, uploadThumbnailPath } from '../calls/call-paths.ts';
import type { StoredFile } from './media-value.ts';

/** Where the bytes of a stored file are. */
export function contentPathOf(file: StoredFile): string {
  return file.kind === 'upload' ? uploadContentPath(file.uploadId) : contentPath(file.artifactId);
}

/** Where a small picture of a stored image is. */
export function thumbnailPathOf(file: StoredFile): string {
  return file.kind === 'upload' ? uploadThumbnailPath(file.uploadId) : thumbnailPath(file.artifactId);
}

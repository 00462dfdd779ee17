/** Addresses below the page's own origin: they hold through the development server and behind a proxy too. */
export const downloadPath = (artifactId: string): string => `/v1/artifacts/${artifactId}/download`;
export const contentPath = (artifactId: string): string => `/v1/artifacts/${artifactId}/content`;
export const thumbnailPath = (artifactId: string): string => `/v1/artifacts/${artifactId}/thumbnail`;
export const uploadContentPath = (uploadId: string): string => `/v1/uploads/${uploadId}/content`;
export const uploadThumbnailPath = (uploadId: string): string => `/v1/uploads/${uploadId}/thumbnail`;
export const archivePath = (batchId: string): string => `/v1/batches/${batchId}/archive`;
/** The page of a call: what *copy link* copies. */
export const callPath = (callId: string): string => `/calls/${callId}`;

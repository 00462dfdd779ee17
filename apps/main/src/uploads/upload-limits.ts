/** How large an upload may be, in bytes. */
export interface UploadLimits {
  maxBytes: number;
  /** Images are smaller than videos. */
  maxImageBytes: number;
}

const maxImageBytes = 30 * 1024 * 1024;

/** @param maxBytes of any upload, as the operator has set it */
export function uploadLimits(maxBytes: number): UploadLimits {
  return { maxBytes, maxImageBytes: Math.min(maxImageBytes, maxBytes) };
}

/** A file that may be kept: it is what its type says, and tells nothing of who made it, where and with what. */
export interface PreparedUpload {
  bytes: Buffer;
  contentType: string;
  width: number;
  height: number;
  /** Videos. */
  durationSeconds?: number;
}

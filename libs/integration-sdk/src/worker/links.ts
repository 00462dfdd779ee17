/** Addresses of ours that a provider may be given. Undefined where it could not reach them: PUBLIC_BASE_URL is not set, or private. */
export interface Links {
  /** Where the provider calls back about one submission. It holds the token by which an orphan identifies itself. */
  callbackUrl(submission: { integration: string; callId: string; attempt: number }): string | undefined;
  /** Where the provider may fetch an upload until `expiresAt`. */
  uploadUrl(upload: { accountId: string; uploadId: string; expiresAt: Date }): string | undefined;
}

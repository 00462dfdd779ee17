import { createCallbackToken, createMediaPath } from '../signed-links/index.ts';

/** Addresses of ours that a provider may be given. Undefined where it could not reach them: PUBLIC_BASE_URL is not set, or private. */
export interface Links {
  /** Where the provider calls back about one submission. It holds the token by which an orphan identifies itself. */
  callbackUrl(submission: { integration: string; callId: string; attempt: number }): string | undefined;
  /** Where the provider may fetch an upload or an artifact until `expiresAt`. */
  mediaUrl(media: { accountId: string; mediaId: string; expiresAt: Date }): string | undefined;
}

/** `baseUrl`: under which providers reach `main`, without a slash at its end; undefined where they cannot. `secret`: the one that `main` knows too. */
export function createLinks({ baseUrl, secret }: { baseUrl: string | undefined; secret: string }): Links {
  if (baseUrl === undefined) return { callbackUrl: () => undefined, mediaUrl: () => undefined };
  return {
    callbackUrl: (submission) =>
      `${baseUrl}/callbacks/${submission.integration}/${createCallbackToken(secret, submission)}`,
    mediaUrl: (media) => `${baseUrl}${createMediaPath(secret, media)}`,
  };
}

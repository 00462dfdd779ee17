import { isSigned, type SignedContent, signQuery } from './signed-query.ts';

/** An upload or an artifact that whoever holds the link may fetch until it expires. */
export interface MediaLink {
  accountId: string;
  /** The id of the upload or the artifact. */
  mediaId: string;
  expiresAt: Date;
}

/** The path and query of a signed link; `GET` on it at `main` answers the bytes. */
export function createMediaPath(secret: string, link: MediaLink): string {
  return `/media/${link.mediaId}?${signQuery(secret, contentOf(link))}`;
}

/** Whether the link was made by us and has not expired. Compares in constant time. */
export function isMediaLink(secret: string, link: MediaLink & { signature: string; now: Date }): boolean {
  return isSigned(secret, contentOf(link), link);
}

function contentOf({ accountId, mediaId, expiresAt }: MediaLink): SignedContent {
  return { kind: 'upload', accountId, id: mediaId, expiresAt };
}

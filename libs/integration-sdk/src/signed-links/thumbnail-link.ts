import { isSigned, type SignedContent, signQuery } from './signed-query.ts';

/** A small picture of an artifact that whoever holds the link may see until it expires. */
export interface ThumbnailLink {
  accountId: string;
  artifactId: string;
  expiresAt: Date;
}

/** The path and query of a signed link; `GET` on it at `main` answers a JPEG. */
export function createThumbnailPath(secret: string, link: ThumbnailLink): string {
  return `/thumbnails/${link.artifactId}?${signQuery(secret, contentOf(link))}`;
}

/** Whether the link was made by us and has not expired. Compares in constant time. */
export function isThumbnailLink(secret: string, link: ThumbnailLink & { signature: string; now: Date }): boolean {
  return isSigned(secret, contentOf(link), link);
}

function contentOf({ accountId, artifactId, expiresAt }: ThumbnailLink): SignedContent {
  return { kind: 'thumbnail', accountId, id: artifactId, expiresAt };
}

import { isId } from '@darkroom/contract';
import { isThumbnailLink } from '@darkroom/integration-sdk/signed-links';
import type { Pool } from '@darkroom/platform-postgres';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { findArtifact } from '../artifacts/artifact.queries.ts';
import type { ArtifactRow } from '../database/schema.ts';
import { notFound } from '../problems/problem-error.ts';
import type { DrawThumbnail } from './draw-thumbnail.ts';
import { readSignedLink } from './read-signed-link.ts';
import { sendDrawn } from './send-picture.ts';

export interface SendThumbnailDependencies {
  pool: Pool;
  drawThumbnail: DrawThumbnail;
  callbackSecret: string;
}

/**
 * A small picture of an artifact, by a signed link that expires: for those who show messages and have no key. Whatever is wrong with the
 * link, the answer is that there is nothing.
 */
export function sendThumbnailRoute(
  app: ApiInstance,
  { pool, drawThumbnail, callbackSecret }: SendThumbnailDependencies,
): void {
  const findLinked = async (artifactId: string, query: unknown): Promise<ArtifactRow> => {
    const link = readSignedLink(query);
    if (link === undefined || !isId('art', artifactId)) throw notFound();
    if (!isThumbnailLink(callbackSecret, { ...link, artifactId })) throw notFound();
    const [artifact] = await findArtifact(pool, [artifactId, link.accountId]);
    if (artifact === undefined || artifact.removed_at !== null) throw notFound();
    return artifact;
  };

  app.get(
    '/thumbnails/:artifactId',
    { schema: { hide: true, params: z.object({ artifactId: z.string() }) } },
    async (request, reply) => {
      const {
        object_key: objectKey,
        content_type: contentType,
        bytes,
        account_id: accountId,
      } = await findLinked(request.params.artifactId, request.query);
      reply.header('cache-control', 'private, max-age=86400');
      return sendDrawn(drawThumbnail, { objectKey, contentType, bytes }, { accountId, reply });
    },
  );
}

import { isId } from '@darkroom/contract';
import { isThumbnailLink } from '@darkroom/integration-sdk/signed-links';
import type { ObjectStore } from '@darkroom/platform-object-store';
import type { Pool } from '@darkroom/platform-postgres';
import sharp from 'sharp';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { findArtifact } from '../artifacts/artifact.queries.ts';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import { limitConcurrency } from '../spool/limit-concurrency.ts';

export interface SendThumbnailDependencies {
  pool: Pool;
  objectStore: Pick<ObjectStore, 'get'>;
  callbackSecret: string;
}

const retryAfterSeconds = 5;
const longestSide = 320;
const maxBytes = 64 * 1024 * 1024;
const maxPixels = 100_000_000;
/** Each holds a whole picture in memory. */
const atOnce = 2;
const querySchema = z.object({
  account: z.string().max(64),
  expires: z.string().regex(/^\d{1,11}$/),
  signature: z.string().max(64),
});

/**
 * A small picture of an artifact, by a signed link that expires: for those who show messages and have no key. Whatever is wrong with the
 * link, the answer is that there is nothing.
 */
export function sendThumbnailRoute(
  app: ApiInstance,
  { pool, objectStore, callbackSecret }: SendThumbnailDependencies,
): void {
  const inTurn = limitConcurrency(atOnce);

  const findKey = async (artifactId: string, query: unknown): Promise<string> => {
    const link = querySchema.safeParse(query).data;
    if (link === undefined || !isId('art', artifactId)) throw notFound();
    const { account: accountId, expires, signature } = link;
    const expiresAt = new Date(Number(expires) * 1000);
    if (!isThumbnailLink(callbackSecret, { accountId, artifactId, expiresAt, signature, now: new Date() }))
      throw notFound();
    const [artifact] = await findArtifact(pool, [artifactId, accountId]);
    if (artifact === undefined || !artifact.content_type.startsWith('image/') || artifact.bytes > maxBytes)
      throw notFound();
    return artifact.object_key;
  };

  const draw = async (key: string): Promise<Buffer> => {
    const bytes = await objectStore.get(key, { maxBytes }).catch((cause: unknown) => {
      throw new ProblemError('storage_unavailable', 'Fetch it again soon.', { retryAfterSeconds, cause });
    });
    if (bytes === undefined) throw notFound();
    return sharp(bytes, { limitInputPixels: maxPixels })
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 })
      .toBuffer();
  };

  app.get(
    '/thumbnails/:artifactId',
    { schema: { hide: true, params: z.object({ artifactId: z.string() }) } },
    async (request, reply) => {
      const key = await findKey(request.params.artifactId, request.query);
      const picture = await inTurn(() => draw(key));
      return reply.type('image/jpeg').header('cache-control', 'private, max-age=86400').send(picture);
    },
  );
}

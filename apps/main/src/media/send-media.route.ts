import { isId, uploadKey } from '@darkroom/contract';
import { isMediaLink } from '@darkroom/integration-sdk/signed-links';
import type { ObjectStore } from '@darkroom/platform-object-store';
import type { Pool } from '@darkroom/platform-postgres';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { findArtifact } from '../artifacts/artifact.queries.ts';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import { findUpload } from '../uploads/upload.queries.ts';
import { readSignedLink } from './read-signed-link.ts';

export interface SendMediaDependencies {
  pool: Pool;
  objectStore: Pick<ObjectStore, 'stream'>;
  objectKeyPrefix: string;
  callbackSecret: string;
}

/** A file of an account: where it is, and what it is. */
interface LinkedFile {
  key: string;
  contentType: string;
  bytes: number;
}

const retryAfterSeconds = 5;

/**
 * Where a provider fetches an upload or an artifact by a signed, short-lived link. Whatever is wrong with the link, the answer is that there is
 * nothing. The bytes pass through: the provider may not reach object storage.
 */
export function sendMediaRoute(app: ApiInstance, dependencies: SendMediaDependencies): void {
  const { objectStore, callbackSecret } = dependencies;

  const findLinked = async (mediaId: string, query: unknown): Promise<LinkedFile> => {
    const link = readSignedLink(query);
    if (link === undefined || !isMediaLink(callbackSecret, { ...link, mediaId })) throw notFound();
    const file = await findFile(dependencies, link.accountId, mediaId);
    if (file === undefined) throw notFound();
    return file;
  };

  app.route({
    method: ['GET', 'HEAD'],
    url: '/media/:mediaId',
    schema: { hide: true, params: z.object({ mediaId: z.string() }) },
    handler: async (request, reply) => {
      const file = await findLinked(request.params.mediaId, request.query);
      if (request.method === 'HEAD') return reply.headers(headersOf(file)).send();
      const object = await objectStore.stream(file.key).catch((cause: unknown) => {
        throw new ProblemError('storage_unavailable', 'Fetch it again soon.', { retryAfterSeconds, cause });
      });
      if (object === undefined) throw notFound();
      return reply.headers(headersOf(file)).send(object.body);
    },
  });
}

async function findFile(
  { pool, objectKeyPrefix }: Pick<SendMediaDependencies, 'pool' | 'objectKeyPrefix'>,
  accountId: string,
  mediaId: string,
): Promise<LinkedFile | undefined> {
  if (isId('art', mediaId)) {
    const [artifact] = await findArtifact(pool, [mediaId, accountId]);
    if (artifact === undefined || artifact.removed_at !== null) return undefined;
    return { key: artifact.object_key, contentType: artifact.content_type, bytes: artifact.bytes };
  }
  const [upload] = isId('upl', mediaId) ? await findUpload(pool, [mediaId, accountId]) : [];
  if (upload === undefined) return undefined;
  const key = uploadKey({ prefix: objectKeyPrefix, accountId, uploadId: upload.id });
  return { key, contentType: upload.content_type, bytes: upload.bytes };
}

function headersOf({ contentType, bytes }: LinkedFile): Record<string, string> {
  return {
    'content-type': contentType,
    'content-length': String(bytes),
    'cache-control': 'private, max-age=300',
  };
}

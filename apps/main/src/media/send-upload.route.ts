import { isId, uploadKey } from '@darkroom/contract';
import { isUploadLink } from '@darkroom/integration-sdk/signed-links';
import type { ObjectStore } from '@darkroom/platform-object-store';
import type { Pool } from '@darkroom/platform-postgres';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import type { UploadRow } from '../database/schema.ts';
import { findUpload } from '../uploads/upload.queries.ts';

export interface SendUploadDependencies {
  pool: Pool;
  objectStore: Pick<ObjectStore, 'stream'>;
  objectKeyPrefix: string;
  callbackSecret: string;
}

const retryAfterSeconds = 5;
const querySchema = z.object({
  account: z.string().max(64),
  expires: z.string().regex(/^\d{1,11}$/),
  signature: z.string().max(64),
});

/**
 * Where a provider fetches an upload by a signed, short-lived link. Whatever is wrong with the link, the answer is that there is
 * nothing. The bytes pass through: the provider may not reach object storage.
 */
export function sendUploadRoute(app: ApiInstance, dependencies: SendUploadDependencies): void {
  const { pool, objectStore, objectKeyPrefix, callbackSecret } = dependencies;

  const findLinked = async (uploadId: string, query: unknown): Promise<UploadRow> => {
    const link = querySchema.safeParse(query).data;
    if (link === undefined || !isId('upl', uploadId)) throw notFound();
    const { account: accountId, expires, signature } = link;
    const expiresAt = new Date(Number(expires) * 1000);
    if (!isUploadLink(callbackSecret, { accountId, uploadId, expiresAt, signature, now: new Date() })) throw notFound();
    const [upload] = await findUpload(pool, [uploadId, accountId]);
    if (upload === undefined) throw notFound();
    return upload;
  };

  app.route({
    method: ['GET', 'HEAD'],
    url: '/media/:uploadId',
    schema: { hide: true, params: z.object({ uploadId: z.string() }) },
    handler: async (request, reply) => {
      const upload = await findLinked(request.params.uploadId, request.query);
      if (request.method === 'HEAD') return reply.headers(headersOf(upload)).send();
      const key = uploadKey({ prefix: objectKeyPrefix, accountId: upload.account_id, uploadId: upload.id });
      const object = await objectStore.stream(key).catch((cause: unknown) => {
        throw new ProblemError('storage_unavailable', 'Fetch it again soon.', { retryAfterSeconds, cause });
      });
      if (object === undefined) throw notFound();
      return reply.headers(headersOf(upload)).send(object.body);
    },
  });
}

function headersOf({ content_type, bytes }: UploadRow): Record<string, string> {
  return {
    'content-type': content_type,
    'content-length': String(bytes),
    'cache-control': 'private, max-age=300',
  };
}

import type { ObjectStore } from '@darkroom/platform-object-store';
import type { Pool } from '@darkroom/platform-postgres';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { findNamedArtifact } from './artifact.queries.ts';
import { fileName } from './file-name.ts';
import { findOwnArtifact } from './find-own-artifact.ts';

interface DownloadArtifactDependencies {
  pool: Pool;
  objectStore: Pick<ObjectStore, 'presignDownload'>;
}

const signedUrlSeconds = 300;

export function downloadArtifactRoute(app: ApiInstance, { pool, objectStore }: DownloadArtifactDependencies): void {
  app.get(
    '/artifacts/:id/download',
    {
      schema: {
        tags: ['artifacts'],
        summary: 'Download an artifact',
        description: 'Redirects to a signed address that holds for five minutes and downloads under a readable name.',
        params: z.object({ id: z.string() }),
        response: {
          302: z.undefined().describe('`Location` is the signed address.'),
          ...problemResponses(401, 404, 410),
        },
      },
    },
    async ({ params: { id }, accountId }, reply) => {
      const artifact = await findOwnArtifact(findNamedArtifact, pool, { id, accountId });
      const location = await objectStore.presignDownload({
        key: artifact.object_key,
        fileName: fileName({ ...artifact, objectKey: artifact.object_key }),
        contentType: artifact.content_type,
        expiresSeconds: signedUrlSeconds,
      });
      return reply.header('cache-control', 'private, no-store').redirect(location, 302);
    },
  );
}

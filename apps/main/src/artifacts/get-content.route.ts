import type { Pool } from '@darkroom/platform-postgres';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { notModifiedSchema } from '../calls/conditional-read.ts';
import { contentHeadersSchema, contentResponses, type ContentSource, sendContent } from '../media/send-content.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { findArtifactFile } from './find-own-artifact.ts';

interface ArtifactContentDependencies extends ContentSource {
  pool: Pool;
}

export function getArtifactContentRoute(app: ApiInstance, dependencies: ArtifactContentDependencies): void {
  app.get(
    '/artifacts/:id/content',
    {
      schema: {
        tags: ['artifacts'],
        summary: 'The bytes of an artifact, to be shown',
        description: 'They come through this server. To save the file, or to fetch many, take `/download`.',
        params: z.object({ id: z.string() }),
        headers: contentHeadersSchema('artifact'),
        response: { ...contentResponses, 304: notModifiedSchema('artifact'), ...problemResponses(401, 404, 410, 416) },
      },
    },
    async (request, reply) => {
      const { params, accountId } = request;
      const file = await findArtifactFile(dependencies.pool, { id: params.id, accountId });
      return sendContent(dependencies, file, { request, reply });
    },
  );
}

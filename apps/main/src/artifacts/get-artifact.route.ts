import { artifactSchema } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { findArtifact } from './artifact.queries.ts';
import { findOwnArtifact } from './find-own-artifact.ts';
import { presentArtifact } from './present-artifact.ts';

interface GetArtifactDependencies {
  pool: Pool;
  baseUrl: () => string;
}

export function getArtifactRoute(app: ApiInstance, { pool, baseUrl }: GetArtifactDependencies): void {
  app.get(
    '/artifacts/:id',
    {
      schema: {
        tags: ['artifacts'],
        summary: 'What is known of an artifact',
        params: z.object({ id: z.string() }),
        response: { 200: artifactSchema, ...problemResponses(401, 404, 410) },
      },
    },
    async ({ params: { id }, accountId }) => {
      const artifact = await findOwnArtifact(findArtifact, pool, { id, accountId });
      return presentArtifact(artifact, baseUrl());
    },
  );
}

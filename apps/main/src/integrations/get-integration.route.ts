import { integrationSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import type { IntegrationCatalog } from './integration-catalog.ts';

export function getIntegrationRoute(app: ApiInstance, catalog: IntegrationCatalog): void {
  app.get(
    '/integrations/:name',
    {
      schema: {
        tags: ['integrations'],
        summary: 'Describe an integration',
        params: z.object({ name: z.string() }),
        response: { 200: integrationSchema, ...problemResponses(401, 404) },
      },
    },
    (request) => {
      const integration = catalog.find(request.params.name);
      if (integration === undefined) throw notFound();
      return integration;
    },
  );
}

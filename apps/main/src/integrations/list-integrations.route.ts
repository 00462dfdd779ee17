import { integrationSchema, pageSchema } from '@darkroom/contract';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import type { IntegrationCatalog } from './integration-catalog.ts';

export function listIntegrationsRoute(app: ApiInstance, catalog: IntegrationCatalog): void {
  app.get(
    '/integrations',
    {
      schema: {
        tags: ['integrations'],
        summary: 'List the integrations and their operations',
        response: { 200: pageSchema(integrationSchema), ...problemResponses(401) },
      },
    },
    () => ({ items: [...catalog.integrations], nextCursor: null }),
  );
}

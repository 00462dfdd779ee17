import { sessionStateSchema } from '@darkroom/contract';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { uploadLimits } from '../uploads/upload-limits.ts';

export interface GetSessionDependencies {
  /** Where people see workflows; undefined where nobody said. */
  workflowsUrl: string | undefined;
  maxUploadBytes: number;
}

export function getSessionRoute(app: ApiInstance, { workflowsUrl, maxUploadBytes }: GetSessionDependencies): void {
  const { maxBytes, maxImageBytes } = uploadLimits(maxUploadBytes);
  const uploads = { maxImageBytes, maxVideoBytes: maxBytes };
  app.get(
    '/session',
    {
      schema: {
        tags: ['access'],
        summary: 'Who makes this request',
        description:
          'For a page that has to know whether it must ask for an API key: 401 says that it must; where it can link to, and what it need not send.',
        response: { 200: sessionStateSchema, ...problemResponses(401) },
      },
    },
    async ({ caller: { accountId, signedInBy } }, reply) =>
      reply
        .header('cache-control', 'no-store')
        .send({ accountId, signedInBy, uploads, ...(workflowsUrl !== undefined && { workflowsUrl }) }),
  );
}

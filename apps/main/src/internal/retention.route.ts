import { retentionAnswerSchema, retentionKindSchema, retentionRequestSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import type { Retention } from '../retention/retention.ts';

export function retentionRoute(app: ApiInstance, retention: Retention): void {
  app.post(
    '/retention/:kind',
    {
      schema: {
        summary: 'Remove what is older than it is to be kept, for some seconds',
        params: z.object({ kind: retentionKindSchema }),
        body: retentionRequestSchema,
        response: { 200: retentionAnswerSchema, ...problemResponses(401, 422) },
      },
    },
    ({ params: { kind }, body: { cursor } }) => retention.remove(kind, cursor),
  );
}

import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { checkReadiness } from './check-readiness.ts';
import type { ReadinessChecks } from './readiness-check.ts';

const readinessSchema = z.object({
  status: z
    .enum(['ready', 'degraded', 'not_ready'])
    .describe('`degraded`: calls are accepted, and wait for what is away.'),
  dependencies: z.record(z.string(), z.object({ status: z.enum(['up', 'down']), detail: z.string().optional() })),
});

export function readyzRoute(app: ApiInstance, checks: ReadinessChecks): void {
  app.get(
    '/readyz',
    {
      schema: {
        tags: ['health'],
        summary: 'Whether calls can be accepted, and the state of each dependency',
        response: { 200: readinessSchema, 503: readinessSchema },
      },
    },
    async (_request, reply) => {
      const readiness = await checkReadiness(checks);
      return reply.code(readiness.status === 'not_ready' ? 503 : 200).send(readiness);
    },
  );
}

import type { Registry } from 'prom-client';
import type { ApiInstance } from '../api-instance.ts';

export function metricsRoute(app: ApiInstance, registry: Registry): void {
  app.get('/metrics', { schema: { summary: 'Numbers for Prometheus' } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

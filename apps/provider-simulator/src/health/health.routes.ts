import type { FastifyInstance } from 'fastify';
import type { SubmissionLedger } from '../ledger/submission-ledger.ts';
import type { RequestMetrics } from './request-metrics.ts';

/** `GET /healthz` (alive), `/readyz` (the ledger can be written) and `/metrics`. */
export function registerHealth(app: FastifyInstance, ledger: SubmissionLedger, metrics: RequestMetrics): void {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const state = await ledger.check();
    const status = state.ready ? 'ready' : 'not_ready';
    return reply.code(state.ready ? 200 : 503).send({ status, dependencies: { ledger: state } });
  });

  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.render()));
}

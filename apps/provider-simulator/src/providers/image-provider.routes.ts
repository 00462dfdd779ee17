import type { FastifyInstance } from 'fastify';
import type { Simulation } from '../simulation.ts';
import { goneSignal } from './gone-signal.ts';
import type { ImageDialect } from './image-dialect.ts';
import { planByKey } from './plan-by-key.ts';
import { readForms, refuseErrors } from './provider-scope.ts';
import { serveRequest } from './serve-request.ts';

/** The routes of one provider that answers a request for an image with the image. */
export async function registerImageProvider(
  app: FastifyInstance,
  dialect: ImageDialect,
  simulation: Simulation,
): Promise<void> {
  const { onRequest, plannedFor } = planByKey(dialect, simulation);

  await app.register(
    (scope, _options, done) => {
      readForms(scope);
      refuseErrors(scope, dialect, simulation.logger);
      for (const path of dialect.paths) {
        scope.post(path, { onRequest }, (request, reply) =>
          serveRequest({
            dialect,
            simulation,
            request,
            reply,
            planned: plannedFor(request),
            gone: goneSignal(reply, simulation),
          }),
        );
      }
      done();
    },
    { prefix: dialect.basePath },
  );
}

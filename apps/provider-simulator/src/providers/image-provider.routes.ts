import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isBeforeBodyFault } from '../plans/fault.schema.ts';
import type { Behaviour } from '../plans/plan.schema.ts';
import type { Simulation } from '../simulation.ts';
import { resetDuringBody, resetNow, sendAnswer } from './connection.ts';
import type { ImageDialect } from './image-dialect.ts';
import { serveRequest } from './serve-request.ts';

/** The routes of one provider that answers a request for an image with the image. */
export async function registerImageProvider(
  app: FastifyInstance,
  dialect: ImageDialect,
  simulation: Simulation,
): Promise<void> {
  const planned = new WeakMap<FastifyRequest, Behaviour>();

  await app.register(
    (scope, _options, done) => {
      scope.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, parsed) =>
        parsed(null, body),
      );
      scope.addHook('onRequest', async (request, reply) => {
        const behaviour = simulation.plans.takeByKey(dialect.apiKeyOf(request) ?? '');
        if (!behaviour) return;
        if (!isBeforeBodyFault(behaviour.fault)) planned.set(request, behaviour);
        else await resetBeforeAcceptance({ request, reply, kind: behaviour.fault.kind });
      });
      scope.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) => {
        const isTheirs = error.statusCode !== undefined && error.statusCode < 500;
        if (!isTheirs) simulation.logger.error({ error, provider: dialect.name }, 'the simulator failed');
        const refusal = isTheirs
          ? { kind: 'bad_request' as const, message: error.message }
          : { kind: 'internal_error' as const };
        return sendAnswer(reply, dialect.refuse(refusal));
      });
      for (const path of dialect.paths) {
        scope.post(path, (request, reply) =>
          serveRequest({ dialect, simulation, request, reply, planned: planned.get(request), gone: goneSignal(reply) }),
        );
      }
      done();
    },
    { prefix: dialect.basePath },
  );

  async function resetBeforeAcceptance({ request, reply, kind }: EarlyReset): Promise<void> {
    const received = { provider: dialect.name, model: null, prompt: null, apiKey: dialect.apiKeyOf(request) };
    await simulation.ledger.refuse(received, kind);
    simulation.metrics.count(dialect.name, kind);
    if (kind === 'reset_before_body') resetNow(reply);
    else resetDuringBody(request, reply);
  }

  function goneSignal(reply: FastifyReply): AbortSignal {
    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    return AbortSignal.any([left.signal, simulation.closing]);
  }
}

interface EarlyReset {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly kind: 'reset_before_body' | 'reset_during_body';
}

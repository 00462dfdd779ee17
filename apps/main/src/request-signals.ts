import type { FastifyInstance, FastifyReply } from 'fastify';

/** Gives a request that stays open a signal that aborts when its client has gone or the process stops. */
export type RequestSignals = (reply: FastifyReply) => AbortSignal;

export function createRequestSignals(app: Pick<FastifyInstance, 'addHook'>): RequestSignals {
  const open = new Set<AbortController>();
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    for (const controller of open) controller.abort();
    done();
  });

  return (reply) => {
    const controller = new AbortController();
    if (isClosing) controller.abort();
    open.add(controller);
    reply.raw.once('close', () => {
      open.delete(controller);
      controller.abort();
    });
    return controller.signal;
  };
}

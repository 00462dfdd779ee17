import type { FastifyInstance, FastifyReply } from 'fastify';

/** Gives a request that stays open a signal that aborts when its client has gone or the process stops. */
export type RequestSignals = (reply: FastifyReply) => AbortSignal;

const endMs = 1_000;
const closeIdleEveryMs = 50;

/** Makes a stop of the process end every open request, instead of waiting for it and for its idle connection afterwards. */
export function createRequestSignals(app: Pick<FastifyInstance, 'addHook' | 'server'>): RequestSignals {
  const open = new Map<AbortController, FastifyReply>();
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    for (const [controller, reply] of open) {
      controller.abort();
      // A client that does not read would keep its stream, and so the process, for ever.
      setTimeout(() => reply.raw.destroy(), endMs).unref();
    }
    if (app.server.listening) closeConnectionsAsTheyFallIdle(app);
    done();
  });

  return (reply) => {
    const controller = new AbortController();
    if (isClosing) controller.abort();
    open.set(controller, reply);
    reply.raw.once('close', () => {
      open.delete(controller);
      controller.abort();
    });
    return controller.signal;
  };
}

/** Node closes connections that are idle when the server closes; one that falls idle later would stay until its keep-alive ends. */
function closeConnectionsAsTheyFallIdle({ server }: Pick<FastifyInstance, 'server'>): void {
  const timer = setInterval(() => server.closeIdleConnections(), closeIdleEveryMs);
  server.once('close', () => clearInterval(timer));
}

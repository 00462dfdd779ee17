import type { FastifyInstance, FastifyReply } from 'fastify';

/** Gives a request that stays open a signal that aborts when its client has gone or the process stops. */
export type RequestSignals = (reply: FastifyReply) => AbortSignal;

const closeIdleEveryMs = 50;
/**
 * Longer than accepting a call takes at most; workers repeat what they ask. Counted in looks, not by the clock: what stood still together
 * with this process still gets its time.
 */
const looksBeforeAllClose = 100;

/** Makes a stop of the process end every open request, instead of waiting for it and for its idle connection afterwards. */
export function createRequestSignals(app: Pick<FastifyInstance, 'addHook' | 'server'>): RequestSignals {
  const open = new Set<AbortController>();
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    for (const controller of open) controller.abort();
    if (app.server.listening) closeConnections(app);
    done();
  });

  return (reply) => {
    const controller = new AbortController();
    // Whoever has left already is not told of leaving again.
    if (isClosing || reply.raw.destroyed) controller.abort();
    else open.add(controller);
    reply.raw.once('close', () => {
      open.delete(controller);
      controller.abort();
    });
    return controller.signal;
  };
}

/**
 * Node closes the connections that are idle when the server closes. One that falls idle later would stay until its keep-alive
 * ends; one that never sent a request, or whose client does not read its stream, would stay for ever.
 */
function closeConnections({ server }: Pick<FastifyInstance, 'server'>): void {
  let looks = 0;
  const closing = setInterval(() => {
    looks += 1;
    if (looks < looksBeforeAllClose) server.closeIdleConnections();
    else server.closeAllConnections();
  }, closeIdleEveryMs);
  server.once('close', () => clearInterval(closing));
}

import type { FastifyReply } from 'fastify';
import type { Simulation } from '../simulation.ts';

/** Aborted when the client has left, or the simulator stops. */
export function goneSignal(reply: FastifyReply, { closing }: Simulation): AbortSignal {
  const left = new AbortController();
  reply.raw.once('close', () => left.abort());
  return AbortSignal.any([left.signal, closing]);
}

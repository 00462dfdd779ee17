import type { FastifyInstance } from 'fastify';
import { goneSignal } from '../providers/gone-signal.ts';
import type { Simulation } from '../simulation.ts';
import { privateAddress } from './private-address.ts';
import { serveFile, shelfProvider } from './serve-file.ts';

export const redirectingPath = '/files/redirects-to-private.png';

/** `GET /files/:name`: the images and videos that answers point to by URL. */
export function registerFiles(app: FastifyInstance, simulation: Simulation): void {
  app.get(redirectingPath, (_request, reply) => reply.redirect(privateAddress, 302));

  app.get<{ Params: { name: string } }>('/files/:name', (request, reply) => {
    const { plans, tasks, shelf } = simulation;
    const path = `/files/${request.params.name}`;
    const task = tasks.findByPath(path)?.task;
    const prompt = task?.order.prompt ?? shelf.promptOf(path);
    const behaviour = prompt === undefined ? undefined : plans.take({ on: 'download', apiKey: '', prompt });
    const gone = goneSignal(reply, simulation);
    return serveFile({ simulation, reply, gone }, { path, task, provider: shelfProvider, apiKey: '', behaviour });
  });
}

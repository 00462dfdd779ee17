import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { goneSignal } from '../providers/gone-signal.ts';
import { planByKey } from '../providers/plan-by-key.ts';
import { readForms, refuseErrors } from '../providers/provider-scope.ts';
import type { TaskDialect } from '../providers/task-dialect.ts';
import type { Simulation } from '../simulation.ts';
import { serveCancel } from './serve-cancel.ts';
import { serveDownload } from './serve-download.ts';
import { serveList } from './serve-list.ts';
import { serveQuery } from './serve-query.ts';
import { serveSubmission } from './serve-submission.ts';
import type { TaskExchange } from './task-exchange.ts';

/** The routes of one provider that answers a submission with a task, and its callbacks. */
export async function registerTaskProvider(
  app: FastifyInstance,
  dialect: TaskDialect,
  simulation: Simulation,
): Promise<void> {
  const { paths, downloads, cancelling } = dialect;
  const { onRequest, plannedFor } = planByKey(dialect, simulation);
  const by =
    (serve: (exchange: TaskExchange) => Promise<FastifyReply>) => (request: FastifyRequest, reply: FastifyReply) =>
      serve({ dialect, simulation, request, reply, planned: plannedFor(request), gone: goneSignal(reply, simulation) });

  await app.register(
    (scope, _options, done) => {
      readForms(scope);
      refuseErrors(scope, dialect, simulation.logger);
      for (const path of paths.submit) scope.post(path, { onRequest }, by(serveSubmission));
      for (const path of paths.list ?? []) scope.get(path, by(serveList));
      for (const path of paths.query) scope.get(path, by(serveQuery));
      for (const path of downloads?.paths ?? []) scope.get(path, by(serveDownload));
      for (const url of paths.cancel ?? []) {
        scope.route({ method: cancelling?.method ?? 'DELETE', url, handler: by(serveCancel) });
      }
      dialect.registerMore?.(scope, simulation);
      done();
    },
    { prefix: dialect.basePath },
  );
  simulation.callbacks.serve(dialect);
}

import type { FastifyInstance } from 'fastify';
import { faultKinds } from '../plans/fault.schema.ts';
import type { Simulation } from '../simulation.ts';
import { findClosedPort } from './closed-port.ts';
import { sendProblem } from './control-problem.ts';
import { foreignSign } from './local-access.ts';
import { registerPlans } from './plans.routes.ts';
import { registerSubmissions } from './submissions.routes.ts';
import { registerTaskControl } from './tasks.routes.ts';

interface Provider {
  readonly name: string;
  readonly basePath: string;
  readonly deliveries?: readonly string[];
}

/** The control API under `/control`: for programs on this machine, never for a web page of another site. */
export async function registerControl(
  app: FastifyInstance,
  simulation: Simulation,
  dialects: readonly Provider[],
): Promise<void> {
  await app.register(
    (scope, _options, done) => {
      scope.removeContentTypeParser('text/plain');
      scope.addHook('onRequest', async (request, reply) => {
        const reason = foreignSign(request);
        if (reason === undefined) return;
        const detail = `The control API answers requests from this machine only; this one is refused because ${reason}.`;
        return sendProblem(reply, { status: 403, title: 'Forbidden', detail });
      });
      registerPlans(scope, simulation.plans);
      registerSubmissions(scope, simulation);
      registerTaskControl(scope, simulation);
      scope.get('/state', () => stateOf(simulation, dialects));
      scope.post('/closed-ports', async (_request, reply) => {
        const port = await findClosedPort();
        return reply.code(201).send({ port, origin: `http://127.0.0.1:${port}` });
      });
      done();
    },
    { prefix: '/control' },
  );
}

function stateOf({ plans, ledger, latencyMs }: Simulation, dialects: readonly Provider[]) {
  const { accepted, received, items } = ledger.report();
  const inFlight = items.filter(({ outcome }) => outcome === 'in_flight').length;
  return {
    latencyMs,
    plans: plans.list().length,
    submissions: { accepted, received, inFlight },
    providers: dialects.map(({ name, basePath, deliveries }) => ({ name, basePath, deliveries })),
    faults: faultKinds,
  };
}

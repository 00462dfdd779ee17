import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Simulation } from '../simulation.ts';
import { sendInvalid } from './control-problem.ts';
import { describeTask } from './describe-task.ts';
import { mostUnderWay } from './most-under-way.ts';

const querySchema = z.strictObject({
  match: z.string().min(1).optional(),
  keyFingerprint: z.string().length(12).optional(),
});

/** `GET` and `DELETE /submissions`. */
export function registerSubmissions(app: FastifyInstance, simulation: Simulation): void {
  const { ledger, tasks } = simulation;
  app.get('/submissions', (request, reply) => {
    const query = querySchema.safeParse(request.query);
    if (!query.success) return sendInvalid(reply, query.error);
    const { items, ...counts } = ledger.report(query.data);
    const described = items.map((item) => ({ ...item, ...describeTask(tasks.findBySubmission(item.id), simulation) }));
    return reply.send({ ...counts, maxUnderWay: mostUnderWay(items, tasks), items: described });
  });

  app.delete('/submissions', async (_request, reply) => {
    await ledger.reset();
    return reply.code(204).send();
  });
}

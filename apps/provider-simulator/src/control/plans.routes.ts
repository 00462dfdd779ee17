import type { FastifyInstance } from 'fastify';
import type { PlanBook } from '../plans/plan-book.ts';
import { planRequestSchema } from '../plans/plan.schema.ts';
import { sendInvalid, sendProblem } from './control-problem.ts';

/** `POST`, `GET` and `DELETE /plans`, `DELETE /plans/:id`. */
export function registerPlans(app: FastifyInstance, plans: PlanBook): void {
  app.post('/plans', (request, reply) => {
    const plan = planRequestSchema.safeParse(request.body);
    return plan.success ? reply.code(201).send(plans.create(plan.data)) : sendInvalid(reply, plan.error);
  });

  app.get('/plans', () => ({ items: plans.list() }));

  app.delete('/plans', (_request, reply) => {
    plans.clear();
    return reply.code(204).send();
  });

  app.delete<{ Params: { id: string } }>('/plans/:id', (request, reply) => {
    if (plans.remove(request.params.id)) return reply.code(204).send();
    return sendProblem(reply, {
      status: 404,
      title: 'Not Found',
      detail: 'There is no such plan: GET /control/plans lists them.',
    });
  });
}

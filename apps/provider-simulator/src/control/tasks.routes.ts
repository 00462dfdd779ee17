import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Simulation } from '../simulation.ts';
import { taskStateSchema, type TaskEnd } from '../tasks/task-record.schema.ts';
import { isEnded } from '../tasks/task-state.ts';
import { sendInvalid, sendProblem } from './control-problem.ts';

const failSchema = z.strictObject({
  as: z.enum(['failed', 'blocked', 'expired', 'cancelled']).default('failed'),
});

const callbackSchema = z.strictObject({
  taskId: z.string(),
  state: z.union([taskStateSchema, z.literal('unknown')]).optional(),
  forgery: z.enum(['wrong_signature', 'unsigned', 'stale_timestamp']).optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  body: z.string().optional(),
});

/** `POST /tasks/:id/finish`, `POST /tasks/:id/fail` and `POST /callbacks`. */
export function registerTaskControl(app: FastifyInstance, { tasks, callbacks }: Simulation): void {
  app.post<{ Params: { id: string } }>('/tasks/:id/finish', (request, reply) =>
    endTask(reply, request.params.id, { state: 'succeeded' }),
  );

  app.post<{ Params: { id: string } }>('/tasks/:id/fail', (request, reply) => {
    const body = failSchema.safeParse(request.body ?? {});
    if (!body.success) return sendInvalid(reply, body.error);
    const { as } = body.data;
    const isFailure = as === 'failed' || as === 'blocked';
    return endTask(reply, request.params.id, isFailure ? { state: 'failed', failure: as } : { state: as });
  });

  app.post('/callbacks', async (request, reply) => {
    const body = callbackSchema.safeParse(request.body);
    if (!body.success) return sendInvalid(reply, body.error);
    const { taskId, ...wanted } = body.data;
    const entry = tasks.find(taskId);
    if (!entry) return sendMissing(reply);
    const status = await callbacks.sendWanted(entry, wanted);
    if (status !== undefined) return reply.send({ status });
    const detail = 'The provider of this task calls nobody back, or the task has no callback URL: give url.';
    return sendProblem(reply, { status: 409, title: 'Conflict', detail });
  });

  async function endTask(reply: FastifyReply, id: string, end: Omit<TaskEnd, 'id' | 'at'>): Promise<FastifyReply> {
    const entry = tasks.find(id);
    if (!entry) return sendMissing(reply);
    if (!isEnded(tasks.momentOf(entry).state) && (await tasks.end(entry, end))) {
      return reply.send({ id, state: end.state });
    }
    const detail = `The task has already ended: it is ${tasks.momentOf(entry).state}.`;
    return sendProblem(reply, { status: 409, title: 'Conflict', detail });
  }
}

function sendMissing(reply: FastifyReply): FastifyReply {
  const detail = 'There is no such task: GET /control/submissions tells the taskId of each submission.';
  return sendProblem(reply, { status: 404, title: 'Not Found', detail });
}

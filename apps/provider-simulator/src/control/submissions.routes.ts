import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SubmissionLedger } from '../ledger/submission-ledger.ts';
import { sendInvalid } from './control-problem.ts';

const querySchema = z.strictObject({
  match: z.string().min(1).optional(),
  keyFingerprint: z.string().length(12).optional(),
});

/** `GET` and `DELETE /submissions`. */
export function registerSubmissions(app: FastifyInstance, ledger: SubmissionLedger): void {
  app.get('/submissions', (request, reply) => {
    const query = querySchema.safeParse(request.query);
    return query.success ? reply.send(ledger.report(query.data)) : sendInvalid(reply, query.error);
  });

  app.delete('/submissions', async (_request, reply) => {
    await ledger.reset();
    return reply.code(204).send();
  });
}

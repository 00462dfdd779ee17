import { callSchema, isId } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import { type CallReader, readCall } from './call-reader.ts';
import { findCall } from './find-call.queries.ts';
import type { RefreshCall } from './refresh-call.ts';

export interface RefreshCallDependencies extends CallReader {
  refreshCall: RefreshCall;
}

export function refreshCallRoute(app: ApiInstance, dependencies: RefreshCallDependencies): void {
  app.post(
    '/calls/:id/refresh',
    {
      schema: {
        tags: ['calls'],
        summary: 'Look at the provider now',
        description:
          'Asks the workflow to look now instead of at its next poll. That is passed on at most once in two seconds for each call, and once in a hundredth of the time for which it has run: every 36 seconds after an hour. The answer is the same where it is not, and the call is looked at by itself all the same. It does not wait for the look: read the call, or follow its events. A call that has ended, that was not submitted yet, or that is not polled, is answered as it is.',
        params: z.object({ id: z.string() }),
        response: { 202: callSchema, ...problemResponses(401, 403, 404) },
      },
    },
    async ({ params: { id: callId }, accountId }, reply) => {
      if (!isId('call', callId)) throw notFound();
      const [row] = await findCall(dependencies.pool, [callId, accountId]);
      if (row === undefined) throw notFound();
      await dependencies.refreshCall(row);
      return reply.code(202).send(await readCall(dependencies, accountId, callId));
    },
  );
}

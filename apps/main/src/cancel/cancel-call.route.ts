import { cancelAnswerSchema, isId } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { type CallReader, readCall } from '../calls/call-reader.ts';
import { findCallVersion } from '../calls/find-call.queries.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import { cancelCall, type Cancelling } from './cancel-call.ts';

export interface CancelCallDependencies extends Cancelling, CallReader {
  /** Called after the commit, so that the workflow hears of it without waiting for the next sweep. */
  wakeCanceller: () => void;
}

export function cancelCallRoute(app: ApiInstance, dependencies: CancelCallDependencies): void {
  app.post(
    '/calls/:id/cancel',
    {
      schema: {
        tags: ['calls'],
        summary: 'Cancel a call',
        description:
          'Ends a call that was not submitted, unpaid. For one that was, the provider is asked where it can be: `call.cancel_result` in the log tells what came of it, and where it cannot, the call runs to its end and its result is kept. To cancel again changes nothing.',
        params: z.object({ id: z.string() }),
        response: { 200: cancelAnswerSchema, ...problemResponses(401, 403, 404) },
      },
    },
    async ({ params: { id: callId }, accountId }) => {
      if (!isId('call', callId)) throw notFound();
      const [own] = await findCallVersion(dependencies.pool, [callId, accountId]);
      const result = own && (await cancelCall(dependencies, { callId, by: 'user' }));
      if (result === undefined) throw notFound();
      if (result !== 'already_terminal') dependencies.wakeCanceller();
      return { result, call: await readCall(dependencies, accountId, callId) };
    },
  );
}

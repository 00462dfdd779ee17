import type { Api, Call, NewRequest } from '../api.ts';
import { makeOnce } from '../http/make-once.ts';
import { send } from '../http/send.ts';
import type { CallEvent } from '../stream/events.ts';
import type { WaitOptions } from './await-end.ts';
import type { Calls } from './calls.ts';
import { type CompletedCall, requireCompleted } from './ended-call.ts';
import type { CreateOptions } from './request-options.ts';

/** Wishes for images or a video that name no provider. */
export interface Requests {
  /** Makes a call of a request, and answers at once. What the provider cannot honour is in its `request.notHonoured`. */
  create(request: NewRequest, options?: CreateOptions): Promise<Call>;
  /** Makes it, waits for its end and answers it completed, as `calls.run` does. */
  run(request: NewRequest, options?: CreateOptions & WaitOptions<CallEvent>): Promise<CompletedCall>;
}

export function createRequests(api: Api, calls: Pick<Calls, 'wait'>): Requests {
  const create: Requests['create'] = (body, { idempotencyKey, ...options } = {}) =>
    makeOnce('idempotencyKey', idempotencyKey, (key) => {
      const header = { 'idempotency-key': key };
      return send((signal) => api.POST('/v1/requests', { params: { header }, body, signal }), options);
    });
  return {
    create,
    async run(body, { idempotencyKey, ...options } = {}) {
      const ended = await makeOnce('idempotencyKey', idempotencyKey, async (key) => {
        const { id } = await create(body, { ...options, idempotencyKey: key });
        return calls.wait(id, options);
      });
      return requireCompleted(ended);
    },
  };
}

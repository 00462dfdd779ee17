import type { Api, Call, CallsQuery, CancelAnswer, LogQuery, NewCall, Page } from '../api.ts';
import { makeOnce } from '../http/make-once.ts';
import { send } from '../http/send.ts';
import type { CallEvent } from '../stream/events.ts';
import { allPages } from './all-pages.ts';
import { awaitEnd, type WaitOptions } from './await-end.ts';
import { type CompletedCall, type EndedCall, hasEnded, requireCompleted } from './ended-call.ts';
import type { CreateOptions, RequestOptions } from './request-options.ts';
import type { Subscribe } from './subscribe.ts';
import { typedEvents } from './typed-events.ts';

/** Calls: one request for one operation each. */
export interface Calls {
  /** Makes a call and answers at once; repeats after lost answers are the same call, paid once. */
  create(call: NewCall, options?: CreateOptions): Promise<Call>;
  /** Makes a call, waits for its end and answers it completed; a failed or cancelled one is thrown as a DarkroomError with the `call`. */
  run(call: NewCall, options?: CreateOptions & WaitOptions<CallEvent>): Promise<CompletedCall>;
  get(id: string, options?: RequestOptions): Promise<Call>;
  /** A page of calls, newest first where nothing else is asked for. */
  list(query?: CallsQuery, options?: RequestOptions): Promise<Page<Call>>;
  /** All calls, newest first where nothing else is asked for, fetched as far as they are asked for. */
  all(query?: CallsQuery, options?: RequestOptions): AsyncIterable<Call>;
  /** Answers the call when it has ended, however. Its events go to `onEvent`, from the first one. */
  wait(id: string, options?: WaitOptions<CallEvent>): Promise<EndedCall>;
  /** Asks for a cancel. The answer says what came of it so far; the call's end says the rest. */
  cancel(id: string, options?: RequestOptions): Promise<CancelAnswer>;
  /** Makes a new call with the input of one that has ended. It is paid for anew. */
  retry(id: string, options?: CreateOptions): Promise<Call>;
  /** Has the provider looked at now instead of at the next poll. */
  refresh(id: string, options?: RequestOptions): Promise<Call>;
  /** A page of the call's log. */
  events(id: string, query?: LogQuery, options?: RequestOptions): Promise<Page<CallEvent>>;
}

export function createCalls(api: Api, subscribe: Subscribe): Calls {
  const get: Calls['get'] = (id, options) =>
    send((signal) => api.GET('/v1/calls/{id}', { params: { path: { id } }, signal }), options);

  const create: Calls['create'] = (body, { idempotencyKey, ...options } = {}) =>
    makeOnce('idempotencyKey', idempotencyKey, (key) => {
      const header = { 'idempotency-key': key };
      return send((signal) => api.POST('/v1/calls', { params: { header }, body, signal }), options);
    });

  const list: Calls['list'] = (query = {}, options) =>
    send((signal) => api.GET('/v1/calls', { params: { query }, signal }), options);

  const wait: Calls['wait'] = (id, options = {}) =>
    awaitEnd({
      read: () => get(id, options),
      hasEnded,
      subscribe: (following) => subscribe({ call: id, ...following }),
      options,
    });

  return {
    create,
    get,
    list,
    wait,
    async run(body, { idempotencyKey, ...options } = {}) {
      const ended = await makeOnce('idempotencyKey', idempotencyKey, async (key) => {
        const { id } = await create(body, { ...options, idempotencyKey: key });
        return wait(id, options);
      });
      return requireCompleted(ended);
    },
    all: (query, options) => allPages((cursor) => list({ ...query, ...(cursor !== undefined && { cursor }) }, options)),
    cancel: (id, options) =>
      send((signal) => api.POST('/v1/calls/{id}/cancel', { params: { path: { id } }, signal }), options),
    retry: (id, { idempotencyKey, ...options } = {}) =>
      makeOnce('idempotencyKey', idempotencyKey, (key) => {
        const params = { path: { id }, header: { 'idempotency-key': key } };
        return send((signal) => api.POST('/v1/calls/{id}/retry', { params, signal }), options);
      }),
    refresh: (id, options) =>
      send((signal) => api.POST('/v1/calls/{id}/refresh', { params: { path: { id } }, signal }), options),
    events: (id, query = {}, options) =>
      typedEvents(
        send((signal) => api.GET('/v1/calls/{id}/events', { params: { path: { id }, query }, signal }), options),
      ),
  };
}

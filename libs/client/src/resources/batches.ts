import type {
  Api,
  Batch,
  BatchesQuery,
  Call,
  CallsQuery,
  CancelBatchAnswer,
  LogQuery,
  NewBatch,
  Page,
} from '../api.ts';
import { makeOnce } from '../http/make-once.ts';
import { send } from '../http/send.ts';
import type { BatchEvent } from '../stream/events.ts';
import { allPages } from './all-pages.ts';
import { awaitEnd, type WaitOptions } from './await-end.ts';
import type { RequestOptions } from './request-options.ts';
import type { Subscribe } from './subscribe.ts';
import { typedEvents } from './typed-events.ts';

/** A batch that has ended: nothing about it changes any more. */
export type EndedBatch = Batch & { status: 'completed' | 'failed' | 'cancelled' };

/** Calls made together, accepted whole or not at all. */
export interface Batches {
  /** Makes a batch. Without a `batchId` the client makes one, so that repeats after lost answers are the same batch. */
  create(batch: NewBatch, options?: RequestOptions): Promise<Batch>;
  get(id: string, options?: RequestOptions): Promise<Batch>;
  /** A page of batches, newest first. */
  list(query?: BatchesQuery, options?: RequestOptions): Promise<Page<Batch>>;
  /** Its calls, in the order of its lines where nothing else is asked for, fetched as far as they are asked for. */
  calls(id: string, query?: Omit<CallsQuery, 'batchId'>, options?: RequestOptions): AsyncIterable<Call>;
  /** Answers the batch when it has ended. */
  wait(id: string, options?: WaitOptions<BatchEvent>): Promise<EndedBatch>;
  /** Ends what has not begun, unpaid, and asks what is under way to cancel. */
  cancel(id: string, options?: RequestOptions): Promise<CancelBatchAnswer>;
  /** A page of the batch's own log. */
  events(id: string, query?: LogQuery, options?: RequestOptions): Promise<Page<BatchEvent>>;
}

export function createBatches(api: Api, subscribe: Subscribe): Batches {
  const get: Batches['get'] = (id, options) =>
    send((signal) => api.GET('/v1/batches/{id}', { params: { path: { id } }, signal }), options);

  return {
    create: (batch, options) =>
      makeOnce('batchId', batch.batchId, (batchId) => {
        const body = { ...batch, batchId };
        return send((signal) => api.POST('/v1/batches', { body, signal }), options);
      }),
    get,
    list: (query = {}, options) => send((signal) => api.GET('/v1/batches', { params: { query }, signal }), options),
    calls: (id, asked, options) =>
      allPages((cursor) => {
        const query = {
          limit: 100,
          order: 'oldest' as const,
          ...asked,
          batchId: id,
          ...(cursor !== undefined && { cursor }),
        };
        return send((signal) => api.GET('/v1/calls', { params: { query }, signal }), options);
      }),
    wait: (id, options = {}) =>
      awaitEnd({
        read: () => get(id, options),
        hasEnded: hasBatchEnded,
        subscribe: (following) => subscribe({ batch: id, ...following }),
        options,
      }),
    cancel: (id, options) =>
      send((signal) => api.POST('/v1/batches/{id}/cancel', { params: { path: { id } }, signal }), options),
    events: (id, query = {}, options) =>
      typedEvents(
        send((signal) => api.GET('/v1/batches/{id}/events', { params: { path: { id }, query }, signal }), options),
      ),
  };
}

function hasBatchEnded(batch: Batch): batch is EndedBatch {
  return batch.completedAt !== undefined;
}

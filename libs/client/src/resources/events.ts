import type { Api, LogQuery, Page } from '../api.ts';
import { send } from '../http/send.ts';
import type { AccountEvent } from '../stream/events.ts';
import type { RequestOptions } from './request-options.ts';
import { typedEvents } from './typed-events.ts';

/** The account's log. */
export interface Events {
  /** A page of it, in the order of the sequences. */
  list(query?: LogQuery, options?: RequestOptions): Promise<Page<AccountEvent>>;
}

export function createEvents(api: Api): Events {
  return {
    list: (query = {}, options) =>
      typedEvents(send((signal) => api.GET('/v1/events', { params: { query }, signal }), options)),
  };
}

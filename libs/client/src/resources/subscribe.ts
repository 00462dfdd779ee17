import type { AccountEvent, BatchEvent, CallEvent } from '../stream/events.ts';
import type { StreamSurroundings } from '../stream/follow.ts';
import { createSubscription, type SubscribeOptions, type Subscription } from '../stream/subscription.ts';

type OfCall = { call: string } & SubscribeOptions<CallEvent>;
type OfBatch = { batch: string } & SubscribeOptions<BatchEvent>;
type OfAccount = { account: true } & SubscribeOptions<AccountEvent>;

/** Follows the events of a call, of a batch itself, or of the whole account. */
export interface Subscribe {
  (options: OfCall): Subscription<CallEvent>;
  (options: OfBatch): Subscription<BatchEvent>;
  (options: OfAccount): Subscription<AccountEvent>;
}

export function createSubscribe(surroundings: StreamSurroundings): Subscribe {
  function subscribe(options: OfCall): Subscription<CallEvent>;
  function subscribe(options: OfBatch): Subscription<BatchEvent>;
  function subscribe(options: OfAccount): Subscription<AccountEvent>;
  function subscribe(options: OfCall | OfBatch | OfAccount) {
    if ('call' in options) return createSubscription(surroundings, { call: options.call }, options);
    if ('batch' in options) return createSubscription(surroundings, { batch: options.batch }, options);
    return createSubscription(surroundings, { account: true }, options);
  }
  return subscribe;
}

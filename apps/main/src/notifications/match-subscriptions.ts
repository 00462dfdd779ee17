import { batchEndTypes, callEndTypes, createId } from '@darkroom/contract';
import type { EventRow } from '../database/schema.ts';
import type { SubscriptionRow } from '../database/notification-tables.ts';

export type NotifiableEvent = Pick<EventRow, 'sequence' | 'call_id' | 'batch_id' | 'type' | 'created_at'>;

export type MatchingSubscription = Pick<
  SubscriptionRow,
  'id' | 'call_id' | 'batch_id' | 'channel' | 'event_types' | 'after_sequence' | 'until_sequence'
>;

/** When a subscription was last told of a call's progress. */
export type ToldProgress = Map<string, Date>;

export interface MatchOptions {
  /** In the order of their sequence. */
  events: readonly NotifiableEvent[];
  subscriptions: readonly MatchingSubscription[];
  /** The batches of those calls that belong to one. */
  batchOfCall: ReadonlyMap<string, string>;
  /** By `progressKey`; it is carried on. */
  toldProgress: ToldProgress;
}

/** A notification that is to be made. */
export interface NewNotification {
  id: string;
  event: NotifiableEvent;
  subscription: MatchingSubscription;
}

/** A receiver is told of a call's progress twice a second at most, by the events' own times. */
const progressEveryMs = 500;

export function progressKey(subscriptionId: string, callId: string): string {
  return `${subscriptionId} ${callId}`;
}

/** Who is to be told of what. Of progress only what a receiver can follow; of everything else all. */
export function matchSubscriptions(options: MatchOptions): NewNotification[] {
  return options.events.flatMap((event) =>
    options.subscriptions
      .filter((subscription) => asksFor(subscription, event, options.batchOfCall))
      .filter((subscription) => isDue(subscription, event, options.toldProgress))
      .map((subscription) => ({ id: createId('ntf'), event, subscription })),
  );
}

function asksFor(
  { call_id, batch_id, event_types, after_sequence, until_sequence }: MatchingSubscription,
  event: NotifiableEvent,
  batchOfCall: ReadonlyMap<string, string>,
): boolean {
  if (event.sequence <= after_sequence || event.sequence > (until_sequence ?? Infinity)) return false;
  const batchOfEvent = event.batch_id ?? batchOfCall.get(event.call_id ?? '');
  if (call_id !== null && call_id !== event.call_id) return false;
  if (batch_id !== null && batch_id !== batchOfEvent) return false;
  if (event_types !== null) return isOneOf(event_types, event);
  return isOneOf(batchEndTypes, event) || (isOneOf(callEndTypes, event) && batchOfEvent === undefined);
}

function isOneOf(types: readonly string[], { type }: NotifiableEvent): boolean {
  return types.includes(type);
}

function isDue(subscription: MatchingSubscription, event: NotifiableEvent, told: ToldProgress): boolean {
  if (event.type !== 'call.progress' || event.call_id === null) return true;
  const key = progressKey(subscription.id, event.call_id);
  const last = told.get(key);
  if (last !== undefined && event.created_at.getTime() - last.getTime() < progressEveryMs) return false;
  told.set(key, event.created_at);
  return true;
}

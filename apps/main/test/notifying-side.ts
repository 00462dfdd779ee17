import type { DeliveryDecision, DeliveryReport, DeliveryResult, NotifiedEventType } from '@darkroom/contract';
import { acceptCall } from '../src/calls/accept-call.ts';
import type { NotificationRow } from '../src/database/notification-tables.ts';
import { replaceAccountSubscriptions } from '../src/notifications/account-subscriptions.ts';
import { notifyAccount } from '../src/notifications/notify-account.ts';
import type { NewSubscription } from '../src/notifications/read-subscriptions.ts';
import { recordResult } from '../src/notifications/record-result.ts';
import type { RetrySchedule } from '../src/notifications/retry-schedule.ts';
import { type InternalSide, testLimits } from './internal-side.ts';

/** A subscription by webhook. */
export function hook(
  eventTypes: readonly NotifiedEventType[] | null,
  target = 'https://shop.example/hook',
): NewSubscription {
  return { channel: 'webhook', target, eventTypes };
}

/** What a test about notifications asks of the inside of `main`. */
export interface NotifyingSide {
  accept(subscriptions: readonly NewSubscription[], accountId?: string): Promise<string>;
  subscribeAccount(subscriptions: readonly NewSubscription[], accountId?: string): Promise<unknown>;
  /** Reads the account's log to its end. */
  notify(accountId?: string): Promise<void>;
  notifications(): Promise<NotificationRow[]>;
  /** The types that were made of a call's events, in their order. */
  typesOf(callId: string): Promise<string[]>;
  report(id: string, result: DeliveryResult, more?: Partial<DeliveryReport>): Promise<DeliveryDecision | undefined>;
}

/** `main` may still be empty, as a set-up gives it before its first hook. */
export function notifyingSide(main: InternalSide, schedule: RetrySchedule): NotifyingSide {
  const notifications = () => main.database.selectFrom('notifications').selectAll().orderBy('sequence').execute();
  return {
    async accept(subscriptions, accountId = 'default') {
      const call = { integration: 'testing', operation: 'draw', input: { prompt: 'a tree' }, metadata: {} };
      const submission = { ...call, limits: testLimits, subscriptions };
      const accepting = { pool: main.pool, eventBus: main.eventBus, simulated: true, wakeDispatcher: () => undefined };
      const request = { accountId, submission, body: call, idempotencyKey: undefined };
      return (await acceptCall(accepting, request)).id;
    },
    subscribeAccount: (subscriptions, accountId = 'default') =>
      replaceAccountSubscriptions(main.database, accountId, subscriptions),
    async notify(accountId = 'default') {
      while ((await notifyAccount(main.database, accountId)).more);
    },
    notifications,
    typesOf: async (callId) =>
      (await notifications()).filter(({ call_id }) => call_id === callId).map(({ event_type }) => event_type),
    report: (id, result, more = {}) =>
      recordResult({ ...main.changing, metrics: main.metrics.notifications, schedule, random: () => 0.5 }, id, {
        round: 1,
        startedAt: new Date().toISOString(),
        result,
        ...more,
      }),
  };
}

import { z } from 'zod';
import { batchEventTypes } from './batch-events.ts';
import { callEventTypes } from './call-events.ts';

/** By what a notification goes out. */
export const notificationChannels = ['webhook', 'email', 'slack'] as const;
export const notificationChannelSchema = z.enum(notificationChannels);
export type NotificationChannel = z.infer<typeof notificationChannelSchema>;

/** The events that a subscription may name. Notifications are told in the account's log, and no notification tells of them. */
export const notifiedEventTypes = [...callEventTypes, ...batchEventTypes] as const;
export type NotifiedEventType = (typeof notifiedEventTypes)[number];

/** What a call's subscription is told of where it does not say it: its end. */
export const callEndTypes = ['call.completed', 'call.failed', 'call.cancelled'] as const satisfies NotifiedEventType[];

/** What a batch's subscription is told of where it does not say it: its end, and not that of its calls. */
export const batchEndTypes = [
  'batch.completed',
  'batch.failed',
  'batch.cancelled',
] as const satisfies NotifiedEventType[];

const address = z.string().min(1).max(2048);
const recipient = z.email('must be one e-mail address').max(254);

/** Subscriptions whose `events` are of these types; `described` says what is told where they are left out. */
function subscriptionFields<Type extends NotifiedEventType>(types: readonly Type[], described: string) {
  const events = z
    .array(z.enum(types as [Type, ...Type[]]))
    .min(1)
    .max(types.length)
    .optional()
    .describe(`The types of the events to be told of; ${described} where it is left out.`);
  return {
    webhook: z
      .strictObject({ url: address.describe('Where each event is posted, by the Standard Webhooks.'), events })
      .optional()
      .describe('A server of yours; docs/guides/notifications.md says how it checks what comes.'),
    email: z
      .union([recipient, z.strictObject({ to: recipient, events })])
      .optional()
      .describe('An address, or an address and the events. Only where the operator has set SMTP_URL.'),
    slack: z
      .strictObject({
        url: address.describe('An incoming webhook of Slack. It is a secret: it is never shown whole.'),
        events,
      })
      .optional(),
  };
}

/** What a call's subscriptions may say, as fields of a body. */
export const callSubscriptionFields = subscriptionFields(callEventTypes, "the call's end");

/** The same of a batch: it may be told of its calls' events too. */
export const batchSubscriptionFields = subscriptionFields(notifiedEventTypes, "the batch's end");

/**
 * The account's own subscriptions. Without `events`: the end of each call that belongs to no batch, and of each batch. With them: exactly
 * these, calls of batches included.
 */
export const accountSubscriptionsSchema = z.strictObject(
  subscriptionFields(notifiedEventTypes, 'the end of each call that belongs to no batch, and of each batch,'),
);

export const subscriptionsSchema = z.object(batchSubscriptionFields);
/** Subscriptions as a body names them. */
export type Subscriptions = z.infer<typeof subscriptionsSchema>;

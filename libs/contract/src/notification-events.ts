import { z } from 'zod';
import { eventHead } from './event-head.ts';
import { idSchema } from './identifiers.ts';
import { notificationChannelSchema } from './subscription.schema.ts';

/** What became of a notification, where somebody should know: what arrived is told by the notification alone. */
export const notificationEventDataSchemas = {
  'notification.given_up': z.object({
    channel: notificationChannelSchema,
    about: z.string().describe('The id of the call or the batch.'),
    attempts: z.int().nonnegative(),
    reason: z.string().max(2048),
  }),
  'notification.subscription_ended': z.object({
    channel: notificationChannelSchema,
    about: z.string().describe('The id of the call or the batch, or `account` where every call was subscribed to.'),
    reason: z.string().max(2048),
  }),
} as const;
export type NotificationEventType = keyof typeof notificationEventDataSchemas;
export type NotificationEventData<Type extends NotificationEventType> = z.infer<
  (typeof notificationEventDataSchemas)[Type]
>;
export const notificationEventTypes = Object.keys(notificationEventDataSchemas) as [
  NotificationEventType,
  ...NotificationEventType[],
];

/** An immutable fact about a notification, in the account's log. */
export const notificationEventSchema = eventHead.extend({
  notificationId: idSchema('ntf'),
  type: z.enum(notificationEventTypes),
});
export type NotificationEvent = z.infer<typeof notificationEventSchema>;

import { z } from 'zod';
import { idSchema } from './identifiers.ts';
import { notificationChannelSchema, notifiedEventTypes } from './subscription.schema.ts';

/**
 * `pending → delivering → delivered | failed | ended`. `delivering` includes the wait for the next attempt. `failed`: it was given up.
 * `ended`: its receiver wants no more (410). A resend makes it `pending` again.
 */
export const notificationStatuses = ['pending', 'delivering', 'delivered', 'failed', 'ended'] as const;
export const notificationStatusSchema = z.enum(notificationStatuses);
export type NotificationStatus = z.infer<typeof notificationStatusSchema>;

/** One try to deliver a notification. `error` names neither the address nor anything secret. */
export const deliveryAttemptSchema = z.object({
  attempt: z.int().positive().describe('From 1, resends included.'),
  outcome: z.enum(['delivered', 'failed']),
  status: z.int().optional().describe('The HTTP status or the SMTP code that was answered.'),
  error: z.string().optional(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
});
export type DeliveryAttempt = z.infer<typeof deliveryAttemptSchema>;

/** A notification as `GET /v1/notifications` lists it. Its id is the `webhook-id` of every attempt. */
export const notificationSchema = z.object({
  id: idSchema('ntf'),
  subscriptionId: idSchema('sub'),
  channel: notificationChannelSchema,
  target: z.string().describe('Where it goes. Of a Slack address only the beginning: it is a secret.'),
  callId: idSchema('call').optional(),
  batchId: idSchema('bat').optional(),
  event: z.object({ sequence: z.int().positive(), type: z.enum(notifiedEventTypes) }),
  status: notificationStatusSchema,
  attemptCount: z.int().nonnegative(),
  lastStatus: z.int().optional().describe('The HTTP status or the SMTP code of the last attempt.'),
  lastError: z.string().optional(),
  nextAttemptAt: z.iso.datetime().optional(),
  createdAt: z.iso.datetime(),
  deliveredAt: z.iso.datetime().optional(),
});
export type Notification = z.infer<typeof notificationSchema>;

/** A notification with its attempts, oldest first. */
export const notificationDetailsSchema = notificationSchema.extend({ attempts: z.array(deliveryAttemptSchema) });
export type NotificationDetails = z.infer<typeof notificationDetailsSchema>;

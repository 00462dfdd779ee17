import { z } from 'zod';
import { batchEventSchema } from './batch-events.ts';
import { callEventSchema } from './call-events.ts';
import { notificationEventSchema } from './notification-events.ts';

/** An entry of an account's log: what happened to one of its calls, batches or notifications. The type's first word says which. */
export const accountEventSchema = z.discriminatedUnion('type', [
  callEventSchema,
  batchEventSchema,
  notificationEventSchema,
]);
export type AccountEvent = z.infer<typeof accountEventSchema>;

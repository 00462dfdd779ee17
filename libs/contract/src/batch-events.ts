import { z } from 'zod';
import { idSchema } from './identifiers.ts';
import { eventHead } from './event-head.ts';

/** `pending → processing → completed | failed | cancelled`; `pending → cancelled` too. `failed`: a call failed and the batch was to stop then. */
export const batchStatuses = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const;
export const batchStatusSchema = z.enum(batchStatuses);
export type BatchStatus = z.infer<typeof batchStatusSchema>;

/** How many calls of a batch have which status. */
export const callCountsSchema = z.object({
  total: z.int().nonnegative(),
  pending: z.int().nonnegative(),
  processing: z.int().nonnegative(),
  completed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  cancelled: z.int().nonnegative(),
});
export type CallCounts = z.infer<typeof callCountsSchema>;

const counted = z.object({ calls: callCountsSchema });

/** What each type of a batch's events says. Its end is told once, after that of its last call. */
export const batchEventDataSchemas = {
  'batch.accepted': counted,
  'batch.processing': z.object({ workflowId: z.string() }),
  'batch.cancel_requested': z.object({ by: z.enum(['user', 'on_failure']) }),
  'batch.completed': counted,
  'batch.failed': counted,
  'batch.cancelled': counted,
} as const;
export type BatchEventType = keyof typeof batchEventDataSchemas;
export type BatchEventData<Type extends BatchEventType> = z.infer<(typeof batchEventDataSchemas)[Type]>;
export const batchEventTypes = Object.keys(batchEventDataSchemas) as [BatchEventType, ...BatchEventType[]];

/** An immutable fact about a batch, in the account's log. */
export const batchEventSchema = eventHead.extend({
  batchId: idSchema('bat'),
  type: z.enum(batchEventTypes),
  status: batchStatusSchema.describe("The batch's status after this event."),
});
export type BatchEvent = z.infer<typeof batchEventSchema>;

import { z } from 'zod';
import { batchStatusSchema, callCountsSchema } from './batch-events.ts';
import { labelsSchema, maxDelaySeconds, submitCallSchema } from './call.schema.ts';
import { idSchema } from './identifiers.ts';
import { mediaRequestSchema } from './media-request.schema.ts';
import { batchSubscriptionFields } from './subscription.schema.ts';

/** `parallel`: up to `maxConcurrent` calls at once, begun in their order. `sequential`: one after the other. */
export const batchStrategySchema = z.enum(['parallel', 'sequential']);
export type BatchStrategy = z.infer<typeof batchStrategySchema>;

/** What follows a call that failed. `stop`: what was not submitted is cancelled unpaid, what was goes on to its end, and the batch is `failed`. */
export const onFailureSchema = z.enum(['continue', 'stop']);
export type OnFailure = z.infer<typeof onFailureSchema>;

export const maxBatchCalls = 10_000;
export const maxBatchBytes = 32 * 1024 * 1024;
const maxConcurrentCalls = 1_000;
const defaultConcurrentCalls = 10;

/** The body of `POST /v1/batches` without its calls; the first line of one that comes as NDJSON. */
export const batchSettingsSchema = z
  .strictObject({
    batchId: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .describe(
        "The caller's own id, unique in the account: to send the batch again under it answers the first one, and makes nothing twice.",
      ),
    strategy: batchStrategySchema.default('parallel'),
    maxConcurrent: z
      .int()
      .min(1)
      .max(maxConcurrentCalls)
      .optional()
      .describe(
        `How many of its calls are under way at once, at most. Default: ${defaultConcurrentCalls}, and 1 where the strategy is \`sequential\`.`,
      ),
    onFailure: onFailureSchema.default('continue'),
    metadata: labelsSchema.optional(),
    startAt: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('Accepts the batch now and begins it at this time, a year ahead at most.'),
    delaySeconds: z
      .number()
      .nonnegative()
      .max(maxDelaySeconds)
      .optional()
      .describe('Accepts the batch now and begins it after so many seconds. Not together with `startAt`.'),
    ...batchSubscriptionFields,
  })
  .superRefine(({ strategy, maxConcurrent = 1 }, context) => {
    if (strategy === 'parallel' || maxConcurrent === 1) return;
    const message = 'must be 1 or left out where the strategy is `sequential`';
    context.addIssue({ code: 'custom', path: ['maxConcurrent'], message });
  })
  .transform((settings) => ({
    ...settings,
    maxConcurrent: settings.maxConcurrent ?? (settings.strategy === 'sequential' ? 1 : defaultConcurrentCalls),
  }));
export type BatchSettings = z.infer<typeof batchSettingsSchema>;

/** One of a batch's calls: a call without times to start, because the batch decides when it begins, or a request that names no provider. */
export const batchItemSchema = z.union([
  submitCallSchema.omit({ startAt: true, delaySeconds: true }),
  mediaRequestSchema,
]);

/** The body of `POST /v1/batches`, as it is documented; it is read piece by piece. */
export const submitBatchSchema = z.intersection(
  z.object({ calls: z.array(batchItemSchema).min(1).max(maxBatchCalls) }),
  batchSettingsSchema,
);

/** A batch as `GET /v1/batches/:id` answers it. */
export const batchSchema = z.object({
  id: idSchema('bat'),
  batchId: z.string().optional().describe("The caller's own id."),
  status: batchStatusSchema,
  strategy: batchStrategySchema,
  maxConcurrent: z.int().positive(),
  onFailure: onFailureSchema,
  calls: callCountsSchema,
  metadata: z.record(z.string(), z.string()),
  workflowId: z.string(),
  startAt: z.iso.datetime().optional().describe('When it begins, where that is later than its acceptance.'),
  cancelRequestedAt: z.iso.datetime().optional(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  completedAt: z.iso.datetime().optional(),
  urls: z.object({ self: z.url(), events: z.url(), calls: z.url() }),
});
export type Batch = z.infer<typeof batchSchema>;

/**
 * `POST /v1/batches/:id/cancel`. `cancelled`: the batch has ended. `cancel_requested`: calls that were submitted are still under way; each
 * was asked to cancel. `already_terminal`: the batch had ended before.
 */
export const cancelBatchAnswerSchema = z.object({
  result: z.enum(['cancelled', 'cancel_requested', 'already_terminal']),
  batch: batchSchema,
});
export type CancelBatchAnswer = z.infer<typeof cancelBatchAnswerSchema>;

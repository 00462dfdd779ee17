import { z } from 'zod';
import { idSchema } from './identifiers.ts';

/** The name of the workflow that leads a batch. */
export const batchWorkflowType = 'batchWorkflow';

/** What `main` starts a batch's workflow with. */
export const batchWorkflowInputSchema = z.object({ batchId: idSchema('bat') });
export type BatchWorkflowInput = z.infer<typeof batchWorkflowInputSchema>;

/** `POST /internal/batches/:id/advance`: begins as many calls as may be under way, and ends the batch when all have ended. */
export const advanceBatchSchema = z.object({
  waitSeconds: z
    .number()
    .min(0)
    .max(20)
    .describe('How long to wait for something to happen where there is nothing to do now.'),
});
export type AdvanceBatch = z.infer<typeof advanceBatchSchema>;

export const batchAdvanceSchema = z.object({
  isOver: z.boolean().describe('Whether the batch has ended. Nothing is left to do for its workflow.'),
  released: z
    .int()
    .nonnegative()
    .describe('How far it has come: the number of its calls, in their order, up to the last that was begun.'),
});
export type BatchAdvance = z.infer<typeof batchAdvanceSchema>;

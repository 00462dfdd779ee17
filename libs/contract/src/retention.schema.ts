import { z } from 'zod';

/** What retention removes once it is old enough. */
export const retentionKinds = ['events', 'artifacts', 'histories'] as const;
export const retentionKindSchema = z.enum(retentionKinds);
export type RetentionKind = z.infer<typeof retentionKindSchema>;

/** How much was removed. Bytes of events and of histories are what the database and Temporal say that they take. */
export const removedSchema = z.object({ count: z.int().nonnegative(), bytes: z.int().nonnegative() });
export type Removed = z.infer<typeof removedSchema>;

/** `POST /internal/retention/<kind>`: removes for some seconds what is old enough. */
export const retentionRequestSchema = z.strictObject({
  cursor: z.string().max(8192).nullable().describe('Where the answer before said to go on; null at the beginning.'),
});
export type RetentionRequest = z.infer<typeof retentionRequestSchema>;

/** What was removed, and where to go on; null where nothing is left to remove. */
export const retentionAnswerSchema = removedSchema.extend({ cursor: z.string().max(8192).nullable() });
export type RetentionAnswer = z.infer<typeof retentionAnswerSchema>;

/** What the retention workflow is started with: the kinds for which an age is configured. */
export const retentionWorkflowInputSchema = z.object({ kinds: z.array(retentionKindSchema) });
export type RetentionWorkflowInput = z.infer<typeof retentionWorkflowInputSchema>;

/** What a run of the retention workflow removed, by kind. */
export const retentionResultSchema = z.partialRecord(retentionKindSchema, removedSchema);
export type RetentionResult = z.infer<typeof retentionResultSchema>;

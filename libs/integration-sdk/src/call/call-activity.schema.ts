import { callReportSchema, callWorkflowInputSchema } from '@darkroom/contract';
import { z } from 'zod';

const seconds = z.number().nonnegative();
const deadlineAt = z.iso.datetime();

/** What the workflow hands to the activity that claims, asks, spools, stores and reports. */
export const submitInputSchema = z.object({
  call: callWorkflowInputSchema,
  attempt: z.int().positive(),
  reportNumber: z
    .int()
    .positive()
    .describe('Makes the id of its report: `<runId>:<n>`. Never used for two executions.'),
  sentBefore: z
    .int()
    .nonnegative()
    .describe("How many of the call's earlier submissions were sent; the others found no connection."),
  again: z.boolean().describe('Whether an earlier execution of this attempt was lost and may have claimed it.'),
  deadlineAt: deadlineAt.optional().describe('Known once an attempt was claimed.'),
});
export type SubmitInput = z.infer<typeof submitInputSchema>;

/** What the workflow hands to the activity that stores a spooled answer and reports. */
export const storeInputSchema = z.object({
  call: callWorkflowInputSchema,
  attempt: z.int().positive(),
  reportNumber: z.int().positive(),
  sentBefore: z.int().nonnegative(),
  submittedReported: z.boolean().describe('Whether `main` was told that the provider took the submission.'),
  deadlineAt,
});
export type StoreInput = z.infer<typeof storeInputSchema>;

/** What the workflow hands to the activity that reports: a report that could not be delivered, or that it gave up storing. */
export const reportInputSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('deliver'), callId: z.string(), report: callReportSchema }),
  z.object({
    kind: z.literal('gave_up_storing'),
    callId: z.string(),
    reportNumber: z.int().positive(),
    code: z.string().describe('Why storing failed last: a failure code.'),
    reason: z.string(),
    storageRetrySeconds: seconds,
  }),
]);
export type ReportInput = z.infer<typeof reportInputSchema>;

/** A report that `main` did not take yet: the workflow delivers it, without end, before anything else. */
const unreported = callReportSchema.optional();

/**
 * What an activity of a call came to. `ended`: the report ends the call. `stopped`: `main` said that there is nothing to do.
 * `retry`: the next attempt follows. `waiting`: this execution claimed nothing, the same attempt follows: when storage takes
 * writes, or in another worker where this one stops or another one still works on the attempt. `spooled`: the paid answer is
 * safe and storage is away.
 */
export const callActivityResultSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('ended'), report: callReportSchema, reported: z.boolean() }),
  z.strictObject({ status: z.literal('stopped'), reason: z.enum(['ended', 'cancel_requested', 'unknown_call']) }),
  z.strictObject({ status: z.literal('retry'), sent: z.boolean(), afterSeconds: seconds, deadlineAt, unreported }),
  z.strictObject({ status: z.literal('waiting'), for: z.enum(['storage', 'worker']), afterSeconds: seconds }),
  z.strictObject({ status: z.literal('spooled'), submittedReported: z.boolean(), deadlineAt, unreported }),
]);
export type CallActivityResult = z.infer<typeof callActivityResultSchema>;

/** What a submission comes to that brought no answer to go on with, whatever the delivery. */
export type FruitlessResult = Exclude<CallActivityResult, { status: 'spooled' }>;
export type EndedResult = Extract<CallActivityResult, { status: 'ended' }>;

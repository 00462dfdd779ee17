import { callReportSchema, callWorkflowInputSchema } from '@darkroom/contract';
import { z } from 'zod';
import { callActivityResultSchema, reportInputSchema } from './call-activity.schema.ts';

const time = z.iso.datetime();
const externalId = z.string().min(1).max(512);
const reportNumber = z.int().positive().describe('Makes the ids of its reports. Never used for two executions.');
const unreported = callReportSchema.optional().describe('What `main` did not take yet: the workflow delivers it.');

/** A submission that the provider took, as every later step works on it. */
const providerTaskSchema = z.object({
  attempt: z.int().positive(),
  externalId,
  credentialId: z.string().describe('The set of credentials that made the submission; no other one may ask for it.'),
  submittedAt: time,
  deadlineAt: time,
});
export type ProviderTask = z.infer<typeof providerTaskSchema>;

/** A submission of which nobody knows what became, and how it may be found out. */
const unclearSubmissionSchema = z.object({
  attempt: z.int().positive(),
  credentialId: z.string(),
  reason: z.string().max(2048),
  claimedAt: time,
  endedAt: time.describe('When the request was over, or was found to be lost.'),
  deadlineAt: time,
  byCallback: z.boolean().describe('Whether it carried an address by which its task identifies itself.'),
  byListing: z.boolean().describe('Whether the provider lists its tasks.'),
});
export type UnclearSubmission = z.infer<typeof unclearSubmissionSchema>;

const [ended, stopped, retry, waiting, spooled] = callActivityResultSchema.options;
const submitted = z.strictObject({ status: z.literal('submitted'), task: providerTaskSchema, unreported });

/** `unclear`: it may have been taken, and there is a way to find out. */
export const submitTaskResultSchema = z.discriminatedUnion('status', [
  ended,
  stopped,
  retry,
  waiting,
  submitted,
  z.strictObject({ status: z.literal('unclear'), submission: unclearSubmissionSchema, unreported }),
]);
export type SubmitTaskResult = z.infer<typeof submitTaskResultSchema>;

const inCall = { call: callWorkflowInputSchema, reportNumber };

/** What the workflow hands to the activities that look at the task. */
export const lookInputSchema = z.object({ ...inCall, sentBefore: z.int().nonnegative(), task: providerTaskSchema });
export type LookInput = z.infer<typeof lookInputSchema>;

/** `pending`: only of a single look; the other activity looks until there is more to say. */
export const lookResultSchema = z.discriminatedUnion('status', [
  ended,
  stopped,
  spooled,
  z.strictObject({ status: z.literal('pending'), reason: z.string().max(2048).optional() }),
]);
export type LookResult = z.infer<typeof lookResultSchema>;

export const storeTaskInputSchema = lookInputSchema;
export type StoreTaskInput = LookInput;

export const cancelInputSchema = lookInputSchema.extend({
  isStored: z.boolean().describe('Whether the result was found, and only waits for storage.'),
});
export type CancelInput = z.infer<typeof cancelInputSchema>;

/** `not_possible`: the call goes on to its end. `finished`: the task has ended, and a look brings what became of it. */
export const cancelResultSchema = z.discriminatedUnion('status', [
  ended,
  stopped,
  z.strictObject({ status: z.literal('not_possible'), finished: z.boolean(), unreported }),
]);
export type CancelResult = z.infer<typeof cancelResultSchema>;

/** `ask_list`: whether the list proves that there is no such task. `by_callback`: its token came back. `give_up`: nothing proved anything. */
export const reconcileInputSchema = z.object({
  ...inCall,
  sentBefore: z.int().nonnegative(),
  submission: unclearSubmissionSchema,
  by: z.discriminatedUnion('way', [
    z.object({ way: z.literal('ask_list') }),
    z.object({ way: z.literal('by_callback'), externalId }),
    z.object({ way: z.literal('give_up'), reason: z.string(), candidates: z.array(externalId).max(20) }),
  ]),
});
export type ReconcileInput = z.infer<typeof reconcileInputSchema>;

/** `unproven`: the list proves nothing; its candidates are never adopted. */
export const reconcileResultSchema = z.discriminatedUnion('status', [
  ended,
  stopped,
  retry,
  submitted,
  z.strictObject({
    status: z.literal('unproven'),
    reason: z.string().max(2048),
    candidates: z.array(externalId).max(20),
  }),
]);
export type ReconcileResult = z.infer<typeof reconcileResultSchema>;

/** What the workflow hands to the activity that reports. */
export const taskReportInputSchema = z.discriminatedUnion('kind', [
  ...reportInputSchema.options,
  z.object({
    kind: z.literal('timed_out'),
    callId: z.string(),
    reportNumber,
    externalId,
    deadlineSeconds: z.number(),
    reason: z.string().optional().describe('Why the last look brought nothing.'),
  }),
]);
export type TaskReportInput = z.infer<typeof taskReportInputSchema>;

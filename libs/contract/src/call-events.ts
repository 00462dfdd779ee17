import { z } from 'zod';
import { storedArtifactSchema } from './artifact.schema.ts';
import { callStatusSchema, waitingForSchema } from './call-status.ts';
import { eventHead } from './event-head.ts';
import { failureSchema } from './failure.ts';
import { idSchema } from './identifiers.ts';

const attempt = z.int().positive().describe('The number of the submission, from 1.');
const externalId = z.string().min(1).max(512).describe("The provider's own id for the submission.");
/** What a cancelled call cost. */
export const billingSchema = z.enum(['not_charged', 'unknown']);
export type Billing = z.infer<typeof billingSchema>;

const output = z.record(z.string(), z.unknown());

/** How far a call has come. `percent` only where the provider tells it. */
export const callProgressSchema = z.object({
  currentStep: z.string().optional(),
  completedSteps: z.array(z.string()),
  percent: z.number().min(0).max(100).optional(),
});
export type CallProgress = z.infer<typeof callProgressSchema>;

/** What each type of event says. The types that `main` writes by itself are not in `reportedEventSchema`. */
export const callEventDataSchemas = {
  'call.accepted': z.object({ integration: z.string(), operation: z.string(), simulated: z.boolean() }),
  'call.processing': z.object({ workflowId: z.string(), runId: z.string() }),
  'call.submission_started': z.object({ attempt }),
  'call.submission_refused': z.object({
    attempt,
    error: failureSchema,
    retryInSeconds: z.number().nonnegative().optional(),
  }),
  'call.submission_unknown': z.object({
    attempt,
    reason: z.string().max(2048),
    next: z.enum(['reconcile', 'resubmit', 'fail']).describe('`reconcile`: it is being found out.'),
  }),
  'call.submission_reconciled': z.object({
    attempt,
    outcome: z.enum(['accepted', 'refused', 'unknown']).describe('`unknown`: it could not be found out.'),
    reason: z.string().max(2048),
    externalId: externalId.optional(),
    candidates: z
      .array(externalId)
      .max(20)
      .optional()
      .describe('Tasks at the provider that may be this one, without proof. None of them is ever adopted.'),
  }),
  'call.submitted': z.object({
    attempt,
    externalId: externalId.optional(),
    awaitsResult: z.boolean().optional().describe('Whether the result is still to come, by polling or by a callback.'),
  }),
  'call.progress': callProgressSchema.partial().extend({ waitingFor: waitingForSchema.optional() }),
  'call.cancel_requested': z.object({ by: z.enum(['user', 'cancel_after', 'batch']) }),
  'call.cancel_result': z.object({
    result: z
      .enum(['cancelled', 'not_possible'])
      .describe(
        '`not_possible`: the call goes on and its result is kept. Where it was not known yet which task it is, a later one says what came of the wish.',
      ),
    reason: z.string().max(2048).describe('Why, and what became of the money.'),
    billing: billingSchema.optional(),
  }),
  'call.completed': z.object({ output }),
  'call.failed': z.object({ error: failureSchema }),
  'call.cancelled': z.object({ billing: billingSchema }),
} as const;
export type CallEventType = keyof typeof callEventDataSchemas;
export type CallEventData<Type extends CallEventType> = z.infer<(typeof callEventDataSchemas)[Type]>;
export const callEventTypes = Object.keys(callEventDataSchemas) as [CallEventType, ...CallEventType[]];

/** An immutable fact about a call, as every channel (polling, SSE, WebSocket, webhooks) shows it. */
export const callEventSchema = eventHead.extend({
  callSequence: z.int().positive().describe('Its number in the call, from 1.'),
  callId: idSchema('call'),
  type: z.enum(callEventTypes),
  status: callStatusSchema.describe("The call's status after this event."),
  externalId: z.string().optional(),
});
export type CallEvent = z.infer<typeof callEventSchema>;

const reported = <Type extends CallEventType, Data extends z.ZodType>(type: Type, data: Data) =>
  z.object({ type: z.literal(type), data });

/** The events that a workflow or its activities may report. */
export const reportedEventSchema = z.discriminatedUnion('type', [
  reported('call.submission_refused', callEventDataSchemas['call.submission_refused']),
  reported('call.submission_unknown', callEventDataSchemas['call.submission_unknown']),
  reported('call.submission_reconciled', callEventDataSchemas['call.submission_reconciled']),
  reported('call.submitted', callEventDataSchemas['call.submitted']),
  reported('call.progress', callEventDataSchemas['call.progress']),
  reported(
    'call.completed',
    callEventDataSchemas['call.completed'].extend({ artifacts: z.array(storedArtifactSchema).max(100) }),
  ),
  reported('call.failed', callEventDataSchemas['call.failed']),
  reported('call.cancel_result', callEventDataSchemas['call.cancel_result']),
  reported('call.cancelled', callEventDataSchemas['call.cancelled']),
]);
export type ReportedEvent = z.infer<typeof reportedEventSchema>;

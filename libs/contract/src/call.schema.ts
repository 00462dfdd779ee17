import { z } from 'zod';
import { artifactSchema } from './artifact.schema.ts';
import { callEventDataSchemas, callProgressSchema } from './call-events.ts';
import { callStatusSchema, waitingForSchema } from './call-status.ts';
import { failureSchema } from './failure.ts';
import { idSchema } from './identifiers.ts';
import { requestOfCallSchema } from './request-fulfilment.schema.ts';
import { callSubscriptionFields } from './subscription.schema.ts';

/** How many submissions a call has made, by what became of them. A submission is the step that costs money. */
export const submissionCountsSchema = z.object({
  claimed: z.int().nonnegative().describe('All of them; each was recorded before it was made.'),
  accepted: z.int().nonnegative().describe('The provider took it and answered.'),
  refused: z.int().nonnegative().describe('The provider refused it before taking it.'),
  unknown: z.int().nonnegative().describe('Nobody can know whether the provider took it.'),
});
export type SubmissionCounts = z.infer<typeof submissionCountsSchema>;

/** A call as `GET /v1/calls/:id` answers it. */
export const callSchema = z.object({
  id: idSchema('call'),
  status: callStatusSchema,
  callSequence: z
    .int()
    .positive()
    .describe('The `callSequence` of the last event that it shows: what comes later is newer.'),
  integration: z.string(),
  operation: z.string(),
  input: z.record(z.string(), z.unknown()),
  output: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("By the operation's output schema; present once the call is completed."),
  thumbnailUrl: z
    .url()
    .optional()
    .describe('A small JPEG of its first picture, or of the picture that came with its video, where there is one.'),
  error: failureSchema.optional().describe('Present once the call has failed.'),
  progress: callProgressSchema,
  waitingFor: waitingForSchema.optional(),
  externalId: z.string().optional(),
  workflowId: z.string(),
  submissions: submissionCountsSchema,
  request: requestOfCallSchema.optional().describe('Present where the call was made by `POST /v1/requests`.'),
  retryOf: idSchema('call').optional().describe('The call of which this is a new try.'),
  sourceArtifactIds: z
    .array(idSchema('art'))
    .optional()
    .describe(
      'The artifacts of earlier calls that its input names, itself or by an upload that was made from them: what it is made from.',
    ),
  batchId: idSchema('bat').optional().describe('The batch that it belongs to.'),
  batchPosition: z
    .int()
    .nonnegative()
    .optional()
    .describe('Its place among the calls of its batch, from 0 as in `/calls/0`.'),
  startAt: z.iso.datetime().optional().describe('When it may start, where that is later than its acceptance.'),
  cancelAfter: z.iso.datetime().optional().describe('When a cancel is requested by itself.'),
  cancelRequestedAt: z.iso.datetime().optional(),
  cancelResult: callEventDataSchemas['call.cancel_result']
    .optional()
    .describe('What came of the cancel, as its last `call.cancel_result` told.'),
  lateArtifacts: z.array(artifactSchema).optional().describe('Paid results that arrived after the end.'),
  simulated: z.boolean().describe('Whether the provider was the simulator.'),
  metadata: z.record(z.string(), z.string()),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  completedAt: z.iso.datetime().optional(),
  urls: z.object({ self: z.url(), events: z.url() }),
});
export type Call = z.infer<typeof callSchema>;

export const maxDelaySeconds = 365 * 24 * 3600;

/** What callers write on their calls and batches for themselves. */
export const labelsSchema = z
  .record(z.string().min(1).max(100), z.string().max(1000))
  .refine((metadata) => Object.keys(metadata).length <= 50, { message: 'must have at most 50 keys' })
  .describe("The caller's own labels, given back unchanged.");

/** The body of `POST /v1/calls`. The input is checked by the operation's own schema afterwards. */
export const submitCallSchema = z.strictObject({
  integration: z.string().min(1).max(100).describe('The name of an integration, as `GET /v1/integrations` lists it.'),
  operation: z.string().min(1).max(100).describe('One of its operations, for instance `text-to-image`.'),
  input: z.record(z.string(), z.unknown()).describe("By the operation's input schema; at most 256 KB as JSON."),
  metadata: labelsSchema.optional(),
  cancelAfter: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('Requests a cancel at this time, unless the call has ended by then.'),
  startAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe(
      'Accepts the call now and starts it at this time, a year ahead at most. A time that is over means at once.',
    ),
  delaySeconds: z
    .number()
    .nonnegative()
    .max(maxDelaySeconds)
    .optional()
    .describe('Accepts the call now and starts it after so many seconds. Not together with `startAt`.'),
  ...callSubscriptionFields,
});
export type SubmitCall = z.infer<typeof submitCallSchema>;

/**
 * `POST /v1/calls/:id/cancel`. `cancelled`: the call has ended and will cost nothing more. `cancel_requested`: it was submitted; what comes of
 * the request is told by `call.cancel_result`. `already_terminal`: the call had ended before.
 */
export const cancelAnswerSchema = z.object({
  result: z.enum(['cancelled', 'cancel_requested', 'already_terminal']),
  call: callSchema,
});
export type CancelAnswer = z.infer<typeof cancelAnswerSchema>;

import { z } from 'zod';
import { storedArtifactSchema } from './artifact.schema.ts';
import { reportedEventSchema } from './call-events.ts';
import { callStatusSchema } from './call-status.ts';

/** A workflow's return value may hold a report, so a report is at most this many bytes as JSON. */
export const maxReportBytes = 16 * 1024;

/**
 * `POST /internal/calls/:id/reports`: what a workflow tells `main` about its call. The events are applied together, in
 * their order. A report with an id that was seen gets the answer of the first time.
 */
export const callReportSchema = z.strictObject({
  reportId: z.string().min(3).max(200).describe('`<runId>:<n>`; the same for every try to deliver the same report.'),
  runId: z.string().min(1).max(200),
  workflowId: z.string().min(1).max(200),
  events: z.array(reportedEventSchema).max(8),
  lateArtifacts: z
    .array(storedArtifactSchema)
    .max(100)
    .optional()
    .describe('Paid results of a call that has already ended.'),
});
export type CallReport = z.infer<typeof callReportSchema>;

/** `applied: false` when the call has ended: nothing was changed (late artifacts are recorded all the same). */
export const callReportAnswerSchema = z.object({ applied: z.boolean(), status: callStatusSchema });
export type CallReportAnswer = z.infer<typeof callReportAnswerSchema>;

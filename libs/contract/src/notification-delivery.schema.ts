import { z } from 'zod';

/** The workflow that delivers one notification, and its activity, by the names under which the worker exports them. */
export const notificationWorkflowType = 'notificationWorkflow';

/** What `main` starts a notification's workflow with. Where it goes and what it says is asked for at each attempt. */
export const notificationWorkflowInputSchema = z.object({
  notificationId: z.string(),
  accountId: z.string(),
  round: z.int().positive().describe('Grows with each resend. Only the last round delivers.'),
});
export type NotificationWorkflowInput = z.infer<typeof notificationWorkflowInputSchema>;

/** Which attempt is asked for. */
export const notificationRoundSchema = notificationWorkflowInputSchema.pick({ round: true });

const aboutFields = { callId: z.string().optional(), batchId: z.string().optional() };

/**
 * What `main` answers a worker that wants to deliver: a signed request or a mail, or that there is nothing to do (`over`), not yet
 * (`not_due`), or that nothing can be sent any more (`unsendable`), which is reported as refused. Neither address nor content may enter a
 * workflow's history.
 */
export const preparedNotificationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('over') }),
  z.object({ kind: z.literal('not_due'), afterSeconds: z.number().positive() }),
  z.object({ kind: z.literal('unsendable'), reason: z.string().max(2048) }),
  z.object({
    kind: z.literal('post'),
    channel: z.enum(['webhook', 'slack']),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
    ...aboutFields,
  }),
  z.object({
    kind: z.literal('mail'),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
    ...aboutFields,
  }),
]);
export type PreparedNotification = z.infer<typeof preparedNotificationSchema>;

const status = z.int().optional();
const reason = z.string().max(2048).describe('For the account: without the address and without secrets.');

/** What became of an attempt. `failed` may be tried again, `refused` never; `gone` ends the whole subscription. */
const deliveryResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delivered'), status }),
  z.object({
    kind: z.literal('failed'),
    status,
    reason,
    retryAfterSeconds: z.number().nonnegative().optional().describe('What the receiver asked for.'),
  }),
  z.object({ kind: z.literal('refused'), status, reason }),
  z.object({ kind: z.literal('gone'), status, reason }),
]);
export type DeliveryResult = z.infer<typeof deliveryResultSchema>;

/** `POST /internal/notifications/:id/results`. */
export const deliveryReportSchema = z.object({
  round: notificationRoundSchema.shape.round,
  startedAt: z.iso.datetime(),
  result: deliveryResultSchema,
});
export type DeliveryReport = z.infer<typeof deliveryReportSchema>;

/** What follows an attempt. */
export const deliveryDecisionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('over') }),
  z.object({ kind: z.literal('again'), afterSeconds: z.number().positive() }),
]);
export type DeliveryDecision = z.infer<typeof deliveryDecisionSchema>;

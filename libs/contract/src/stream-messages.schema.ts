import { z } from 'zod';
import { accountEventSchema } from './account-event.schema.ts';
import { streamClosingNames, streamErrorCodes } from './stream-codes.ts';
import { streamSubjectSchema } from './stream-token.schema.ts';

const token = z.string().min(1).max(4096).describe('From `POST /v1/tokens`.');
const sequence = z.int().nonnegative();
const message = <Type extends string>(type: Type) => ({ type: z.literal(type) });

/** What a client may say over a WebSocket, as JSON. */
export const streamClientMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...message('subscribe'),
    token,
    after: z
      .union([sequence, z.literal('latest')])
      .optional()
      .describe('Events after this sequence: 0, and so all of them, where it is left out; `latest`: new ones only.'),
  }),
  z.strictObject({ ...message('unsubscribe'), subject: streamSubjectSchema }),
  z.strictObject({ ...message('renew'), token: token.describe('A newer token of a subject that is subscribed.') }),
]);
export type StreamClientMessage = z.infer<typeof streamClientMessageSchema>;

const subject = streamSubjectSchema;
const expiresAt = z.iso.datetime();

/** What the server says over a WebSocket, as JSON. The events of a subject come in the order of their sequence, each once. */
export const streamServerMessageSchema = z.discriminatedUnion('type', [
  z.object({ ...message('subscribed'), subject, after: sequence.describe('Its events after this one follow.') }),
  z.object({ ...message('event'), subject, event: accountEventSchema }),
  z.object({ ...message('unsubscribed'), subject }),
  z.object({ ...message('renewed'), subject, expiresAt }),
  z.object({ ...message('token_expiring'), subject, expiresAt: expiresAt.describe('Send a `renew` before.') }),
  z.object({ ...message('heartbeat') }).describe('Nothing happened for 15 seconds, and the connection is alive.'),
  z.object({
    ...message('error'),
    code: z.enum(streamErrorCodes),
    detail: z.string().describe('What to do next.'),
    subject: subject.optional().describe('The subscription that it is about, where it is about one.'),
    removedThrough: sequence.optional().describe('With `events_removed`: events up to this one were removed.'),
  }),
]);
export type StreamServerMessage = z.infer<typeof streamServerMessageSchema>;

/** The data of the last message of a stream of server-sent events, whose event is `end`. */
export const streamEndSchema = z.object({
  code: z.enum([...streamErrorCodes, ...streamClosingNames]),
  detail: z.string().describe('What to do next.'),
  removedThrough: sequence.optional().describe('With `events_removed`: events up to this one were removed.'),
});
export type StreamEnd = z.infer<typeof streamEndSchema>;

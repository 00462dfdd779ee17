import { z } from 'zod';
import { idSchema } from './identifiers.ts';

/** What every stream token says of itself, and what whoever checks one insists on (RFC 7519). Its key is the UTF-8 text of `TOKEN_SECRET`. */
export const streamTokenFacts = {
  issuer: 'darkroom',
  audience: 'darkroom-stream',
  algorithm: 'HS256',
  /** By how many seconds the clocks of two processes may differ. */
  clockToleranceSeconds: 5,
} as const;

/** The account's whole log, as a subject. */
export const accountSubject = 'account';

/** Whose events are meant: the account's, one call's or one batch's. */
export const streamSubjectSchema = z.union([z.literal(accountSubject), idSchema('call'), idSchema('bat')], {
  error: 'must be "account", or the id of a call or a batch',
});
export type StreamSubject = z.infer<typeof streamSubjectSchema>;

const seconds = z.int().positive();

/** The claims of a stream token, after its signature, its times, its issuer and its audience were checked. */
export const streamTokenClaimsSchema = z.object({
  iss: z.literal(streamTokenFacts.issuer),
  aud: z.literal(streamTokenFacts.audience),
  sub: z.string().min(1).max(64).describe('The account.'),
  subject: streamSubjectSchema,
  sid: idSchema('ses').optional().describe('The session that it was made by: it ends with that.'),
  iat: seconds.describe('Seconds since 1970.'),
  exp: seconds.describe('Seconds since 1970.'),
  jti: z.string().min(1).max(64),
});
export type StreamTokenClaims = z.infer<typeof streamTokenClaimsSchema>;

/** The body of `POST /v1/tokens`: one call, one batch, or the account. */
export const createStreamTokenSchema = z.union(
  [
    z.strictObject({ callId: z.string().describe('The id of a call.') }),
    z.strictObject({ batchId: z.string().describe('The id of a batch.') }),
    z.strictObject({ account: z.literal(true) }),
  ],
  { error: 'must be one of { "callId": … }, { "batchId": … } and { "account": true }' },
);
export type CreateStreamToken = z.infer<typeof createStreamTokenSchema>;

/** What `POST /v1/tokens` answers. The token opens the events of its subject and nothing else. */
export const streamTokenSchema = z.object({
  token: z.string().describe('For `GET /v1/stream`: in a message or in `Authorization`, never in an address.'),
  subject: streamSubjectSchema,
  expiresAt: z.iso.datetime(),
  streamUrl: z.url().describe('Where the stream is; over WebSocket with `ws:` or `wss:`.'),
  lastSequence: z
    .int()
    .nonnegative()
    .describe("The account's last sequence before the token was made: what happens from now on comes behind it."),
});
export type StreamToken = z.infer<typeof streamTokenSchema>;

import { z } from 'zod';
import { accountEventSchema } from './account-event.schema.ts';
import { idSchema } from './identifiers.ts';

const sequence = z.int().nonnegative();

/** That an account's log has grown up to a sequence: a line of `GET /internal/news`, and a message of the Redis channel. News may be lost; the log is the truth. */
export const accountNewsSchema = z.object({ accountId: z.string().min(1), lastSequence: sequence });
export type AccountNews = z.infer<typeof accountNewsSchema>;

/** The Redis channel of such news. */
export const newsChannel = 'darkroom:news';

/** How often `GET /internal/news` sends a blank line at least, so that a dead connection is noticed. */
export const newsHeartbeatSeconds = 5;

/** The query of `GET /internal/events`: the events of an account, of one of its calls or of one of its batches. */
export const readLogQuerySchema = z
  .strictObject({
    accountId: z.string().min(1).max(64),
    callId: idSchema('call').optional(),
    batchId: idSchema('bat').optional(),
    after: z.coerce.number().pipe(sequence).default(0),
    limit: z.coerce.number().pipe(z.int().min(1).max(1000)).default(1000),
  })
  .refine(({ callId, batchId }) => callId === undefined || batchId === undefined, {
    message: 'must not name both a call and a batch',
  });

/** What `GET /internal/events` answers. With fewer items than asked for, everything of the subject up to `head` is known. */
export const logPageSchema = z.object({
  items: z.array(accountEventSchema),
  head: sequence.describe("The account's last sequence."),
  removedThrough: sequence.describe('Events of the account up to this one were removed; 0 where all are there.'),
});
export type LogPage = z.infer<typeof logPageSchema>;

/** How many accounts and how many sessions `POST /internal/heads` may be asked about at once. */
export const maxHeadsAtOnce = 5000;

/** The body of `POST /internal/heads`. */
export const readHeadsSchema = z.strictObject({
  accountIds: z.array(z.string().min(1).max(64)).max(maxHeadsAtOnce),
  sessionIds: z.array(idSchema('ses')).max(maxHeadsAtOnce).default([]),
});
export type ReadHeads = z.input<typeof readHeadsSchema>;

/** What it answers. */
export const headsSchema = z.object({
  heads: z.record(z.string(), sequence).describe("Each known account's last sequence."),
  endedSessionIds: z.array(idSchema('ses')).describe('Those of the sessions that are over, or never were.'),
});
export type Heads = z.infer<typeof headsSchema>;

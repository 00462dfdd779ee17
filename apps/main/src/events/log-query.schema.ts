import { z } from 'zod';

const sequence = z.coerce.number().int().nonnegative();

/** Where in the log to begin, and how much to answer at once. */
export const logQuerySchema = z.strictObject({
  after: sequence
    .optional()
    .describe('Answers the events after this `sequence`; from the beginning where it is left out.'),
  cursor: sequence.optional().describe('The `nextCursor` of the page before; the same as `after`.'),
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe('Events in one page; a stream has no end.'),
});

export const logHeadersSchema = z.object({
  accept: z
    .string()
    .optional()
    .describe('`text/event-stream` keeps the answer open and sends each event as it happens.'),
  'last-event-id': sequence
    .optional()
    .describe('Like `after`, and stronger: what an EventSource sends when it connects again.'),
});

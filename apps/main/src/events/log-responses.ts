import { accountEventSchema, batchEventSchema, callEventSchema, pageSchema } from '@darkroom/contract';
import { z } from 'zod';

const logResponse = (eventSchema: z.ZodType) => ({
  description: 'A page of events in the order of their sequence, or a stream of them.',
  content: {
    'application/json': { schema: pageSchema(eventSchema) },
    'text/event-stream': { schema: z.string() },
  },
});

/** What a call's log answers: pages, or a stream of messages whose `id` is the sequence and whose `data` is the event. */
export const callLogResponse = logResponse(callEventSchema);

/** The same of a batch's log. */
export const batchLogResponse = logResponse(batchEventSchema);

/** The same of an account's log. */
export const accountLogResponse = logResponse(accountEventSchema);

import { callEventSchema, pageSchema } from '@darkroom/contract';
import { z } from 'zod';

/** What both logs answer: pages, or a stream of messages whose `id` is the sequence and whose `data` is the event. */
export const logResponse = {
  description: 'A page of events in the order of their sequence, or a stream of them.',
  content: {
    'application/json': { schema: pageSchema(callEventSchema) },
    'text/event-stream': { schema: z.string() },
  },
};

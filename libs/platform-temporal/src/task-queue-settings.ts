import { defineSettings } from '@darkroom/platform-config';
import { z } from 'zod';

/** Where calls are queued: `main` starts them there and the worker takes them, so both read it. */
export const taskQueueSettings = defineSettings('Task queue', {
  override: {
    variable: 'TEMPORAL_TASK_QUEUE',
    schema: z.string().trim().min(1, 'must not be empty'),
    presence: 'optional',
    description:
      "Takes the place of the integration's own task queue, the same for `main` and its worker. Only where exactly one integration is on.",
    example: 'nanobanana2-image-tasks',
  },
});

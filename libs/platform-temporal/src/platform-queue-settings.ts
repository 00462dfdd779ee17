import { defineSettings } from '@darkroom/platform-config';
import { z } from 'zod';

/** Where Darkroom's own workflows are queued, those of no provider: `main` starts them there and the worker takes them, so both read it. */
export const platformQueueSettings = defineSettings('Platform queue', {
  taskQueue: {
    variable: 'PLATFORM_TASK_QUEUE',
    schema: z.string().trim().min(1, 'must not be empty'),
    default: 'platform-tasks',
    description: "The task queue of Darkroom's own workflows: batches, notifications and retention.",
  },
});

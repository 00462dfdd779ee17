import { defineSettings } from '@darkroom/platform-config';
import { z } from 'zod';

/** Where calls and asynchronous tasks are queued: who starts them and who takes them must name the same queue. */
export const taskQueueSettings = defineSettings('Task queue', {
  override: {
    variable: 'TEMPORAL_TASK_QUEUE',
    schema: z.string().trim().min(1, 'must not be empty'),
    presence: 'optional',
    description:
      "Takes the place of the integration's own task queue, the same for `main` and its worker. Only where exactly one integration is on.",
    example: 'nanobanana2-image-tasks',
  },
  asyncTasks: {
    variable: 'ASYNC_TASK_QUEUE',
    schema: z.string().trim().min(1, 'must not be empty'),
    default: 'async-tasks',
    description:
      'Where the asynchronous tasks are queued that have no queue of their own. Worker processes that run different integrations (WORKER_INTEGRATIONS) need different ones, and must be given one where theirs have tasks: a worker cannot run the tasks of an integration that it does not have.',
  },
});

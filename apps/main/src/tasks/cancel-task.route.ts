import { asyncTaskSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { cancelTask } from './own-task.ts';
import { presentTask } from './present-task.ts';
import type { TaskRoutesDependencies } from './task-routes.ts';

export function cancelTaskRoute(app: ApiInstance, { tasks, baseUrl }: TaskRoutesDependencies): void {
  app.post(
    '/tasks/:name/:taskId/cancel',
    {
      schema: {
        tags: ['tasks'],
        summary: 'Cancel an asynchronous task',
        description:
          'The task ends as `failed` with the code `cancelled`, as soon as a worker is alive. To cancel again changes nothing, and a task that has ended stays as it is.',
        params: z.object({ name: z.string(), taskId: z.string() }),
        response: { 202: asyncTaskSchema, ...problemResponses(401, 403, 404, 422) },
      },
    },
    async ({ params: { name, taskId }, accountId }, reply) => {
      const status = await cancelTask(tasks, { accountId, name, taskId });
      return reply.code(202).send(presentTask(status, { name, taskId, baseUrl: baseUrl() }));
    },
  );
}

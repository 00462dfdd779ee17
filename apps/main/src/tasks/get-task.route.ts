import { asyncTaskSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { readTask } from './own-task.ts';
import { presentTask } from './present-task.ts';
import type { TaskRoutesDependencies } from './task-routes.ts';

export function getTaskRoute(app: ApiInstance, { tasks, baseUrl }: TaskRoutesDependencies): void {
  app.get(
    '/tasks/:name/:taskId',
    {
      schema: {
        tags: ['tasks'],
        summary: 'Read an asynchronous task',
        description:
          'Quickly, also while no worker is alive. A task that has ended is known for as long as Temporal keeps it.',
        params: z.object({ name: z.string(), taskId: z.string() }),
        response: { 200: asyncTaskSchema, ...problemResponses(401, 404, 422) },
      },
    },
    async ({ params: { name, taskId }, accountId }, reply) => {
      const status = await readTask(tasks, { accountId, name, taskId });
      const task = presentTask(status, { name, taskId, baseUrl: baseUrl() });
      return reply.header('cache-control', 'private, no-cache').send(task);
    },
  );
}

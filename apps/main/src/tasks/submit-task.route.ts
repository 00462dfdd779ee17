import { asyncTaskSchema, submitAsyncTaskSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { presentTask } from './present-task.ts';
import { submitTask } from './submit-task.ts';
import type { TaskRoutesDependencies } from './task-routes.ts';

export function submitTaskRoute(app: ApiInstance, { tasks, baseUrl }: TaskRoutesDependencies): void {
  app.post(
    '/tasks/:name',
    {
      // The body is read together with the task's own schema, so that one answer lists every fault.
      attachValidation: true,
      schema: {
        tags: ['tasks'],
        summary: 'Submit an asynchronous task',
        description:
          'Starts a task that an integration declares; `GET /v1/integrations` lists them with the schemas of their `params`. Repeating a `taskId` answers the first one.',
        params: z.object({ name: z.string() }),
        body: submitAsyncTaskSchema,
        response: {
          202: asyncTaskSchema.describe('The task was accepted, or had been.'),
          ...problemResponses(400, 401, 403, 404, 413, 415, 422),
        },
      },
    },
    async ({ params: { name }, accountId, headers, body }, reply) => {
      if (headers['idempotency-key'] !== undefined) throw keyIsInBody();
      const { taskId, status } = await submitTask(tasks, { accountId, name, body });
      const task = presentTask(status, { name, taskId, baseUrl: baseUrl() });
      return reply.code(202).header('location', task.urls.self).send(task);
    },
  );
}

/** To ignore it would let a repeated task run twice. */
function keyIsInBody(): ProblemError {
  return new ProblemError(
    'invalid_request',
    'Send `taskId` in the body instead of an Idempotency-Key: it does the same.',
  );
}

import { z } from 'zod';

/** An asynchronous task that can be submitted, as `GET /v1/integrations` describes it. */
export const submittableTaskSchema = z.object({
  name: z.string().describe('For `POST /v1/tasks/<name>`.'),
  title: z.string(),
  description: z.string(),
  paramsSchema: z.record(z.string(), z.unknown()).describe('JSON Schema of `params`.'),
});
export type SubmittableTask = z.infer<typeof submittableTaskSchema>;

/** What stands in an address as it is. */
const taskIdPattern = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/;

/** The id of an asynchronous task, unique in its account. */
export const asyncTaskIdSchema = z
  .string()
  .regex(taskIdPattern, 'must be 1 to 100 letters, digits, ".", "_", "~" or "-", and begin with a letter or a digit');

/** The body of `POST /v1/tasks/:name`. The params are checked by the task's own schema afterwards. */
export const submitAsyncTaskSchema = z.strictObject({
  params: z.unknown().describe("By the task's schema of params; at most 256 KB as JSON.").optional(),
  taskId: asyncTaskIdSchema
    .optional()
    .describe(
      "The caller's own id, unique in the account: to submit the task again under it answers the first one, whatever the params are, and starts nothing. Send it: a submission whose answer was lost can then be sent again.",
    ),
});
export type SubmitAsyncTask = z.infer<typeof submitAsyncTaskSchema>;

/** An asynchronous task as `GET /v1/tasks/:name/:taskId` answers it. */
export const asyncTaskSchema = z.object({
  taskId: z.string(),
  name: z.string(),
  status: z
    .enum(['pending', 'processing', 'completed', 'failed'])
    .describe('`pending`: nobody has begun it. One that was cancelled is `failed`, with the code `cancelled`.'),
  result: z.unknown().optional().describe('Present where the task is completed and its result is anything.'),
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      step: z.string().optional().describe('The step that failed; absent where it was none.'),
    })
    .optional()
    .describe('Present once the task has failed.'),
  currentStep: z.string().optional(),
  completedSteps: z.array(z.string()).optional().describe('In their order; absent while there are none.'),
  createdAt: z.iso.datetime(),
  completedAt: z.iso.datetime().optional(),
  urls: z.object({ self: z.url(), cancel: z.url() }),
});
export type AsyncTask = z.infer<typeof asyncTaskSchema>;

import { createTaskHandler } from '@darkroom/integration-sdk/answers';
import { fromTask } from './from-task.ts';
import type { GenerationInput } from './input.schema.ts';
import { generationDetailsSchema, type ImagesOutput } from './output.schema.ts';
import { createdSchema, errorAnswerSchema, type Task, taskAnswerSchema } from './provider-api.schema.ts';
import { errors } from './provider-errors.ts';
import type { Settings } from './settings.ts';
import { authorization, taskUrl, toProviderRequest } from './to-provider-request.ts';

/** Both operations: they differ in whether there are images to start from. kie.ai can neither cancel a task nor list its tasks. */
export const generationHandler = createTaskHandler<GenerationInput, ImagesOutput, Settings, Task>({
  toProviderRequest,
  headers: authorization,
  taskUrl,
  createdSchema,
  taskSchema: taskAnswerSchema,
  errorSchema: errorAnswerSchema,
  errors,
  fromTask,
  toOutput: ({ artifacts, details }) => ({ ...generationDetailsSchema.parse(details), images: artifacts }),
});

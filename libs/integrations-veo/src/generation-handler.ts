import { createTaskHandler } from '@darkroom/integration-sdk/answers';
import { fromOperation } from './from-operation.ts';
import { errorAnswerSchema } from './google-error.ts';
import type { GenerationInput } from './input.schema.ts';
import { generationDetailsSchema, type VideosOutput } from './output.schema.ts';
import { createdSchema, type Operation, operationSchema } from './provider-api.schema.ts';
import { errors } from './provider-errors.ts';
import type { Settings } from './settings.ts';
import { authorization, toProviderRequest } from './to-provider-request.ts';

/**
 * Both operations: they differ in whether there are images to start from. An operation goes on and is charged whatever its client
 * does, and there is no list of them.
 */
export const generationHandler = createTaskHandler<GenerationInput, VideosOutput, Settings, Operation>({
  toProviderRequest,
  headers: authorization,
  // The id is the operation's name, a path.
  taskUrl: ({ externalId, settings }) => `${settings.baseUrl}/${externalId}`,
  createdSchema,
  taskSchema: operationSchema,
  errorSchema: errorAnswerSchema,
  errors,
  fromTask: fromOperation,
  toOutput: ({ artifacts, details }) => ({ ...generationDetailsSchema.parse(details), videos: artifacts }),
});

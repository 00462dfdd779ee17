import { createTaskHandler } from '@darkroom/integration-sdk/answers';
import { fromTask } from './from-task.ts';
import type { VideoInput } from './input.schema.ts';
import { findModelFault } from './models.ts';
import { videoDetailsSchema, type VideoOutput } from './output.schema.ts';
import {
  createdSchema,
  errorAnswerSchema,
  listSchema,
  pageSize,
  type Task,
  taskSchema,
} from './provider-api.schema.ts';
import { errors } from './provider-errors.ts';
import type { Settings } from './settings.ts';
import { authorization, taskUrl, toProviderRequest } from './to-provider-request.ts';

/** Both operations: they differ in whether there are images to start from. */
export const videoHandler = createTaskHandler<VideoInput, VideoOutput, Settings, Task>({
  findInputFault: ({ input, settings }) => findModelFault(input, settings.model),
  toProviderRequest,
  headers: authorization,
  taskUrl,
  createdSchema,
  taskSchema,
  errorSchema: errorAnswerSchema,
  errors,
  fromTask,
  toOutput: ({ artifacts, details }) => {
    const lastFrame = artifacts.find(({ role }) => role === 'last_frame');
    const videos = artifacts.filter((artifact) => artifact !== lastFrame);
    return { ...videoDetailsSchema.parse(details), videos, ...(lastFrame && { lastFrame }) };
  },
  cancelling: {
    // For a task that has ended the same request deletes its record, with the same answer.
    possibleAt: ['queued'],
    toQuery: (task) => ({ method: 'DELETE', url: taskUrl(task) }),
    // Only successes are billed.
    billing: 'not_charged',
    // The status that stands for "not any more" is undocumented, so any definite no does.
    notPossible: [{ status: 400 }, { status: 404 }, { status: 409 }],
    reason: 'Ark cancels tasks that still wait in its queue only, and this one does not.',
  },
  listing: {
    // Every model's tasks: that the filter knows each name a setting may hold is nowhere said, and a list that is too short would be false proof.
    toListUrl: ({ settings, page }) => `${settings.baseUrl}?page_num=${page}&page_size=${pageSize}`,
    schema: listSchema,
  },
});

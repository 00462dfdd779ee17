import { defineIntegration, defineOperation, defineTask } from '@darkroom/integration-sdk';
import { callback } from './callback.ts';
import { fromRequest } from './from-request.ts';
import { inputSchema } from './input.schema.ts';
import { outputSchema } from './output.schema.ts';
import { settings } from './settings.ts';
import { contactSheetParamsSchema } from './tasks/contact-sheet-params.schema.ts';
import { taskStatesParamsSchema } from './tasks/task-states-params.schema.ts';

const drawing = { input: inputSchema, output: outputSchema, mediaFields: {}, fromRequest } as const;
const limits = {
  deadlineSeconds: 60,
  maxSubmissions: 3,
  maxQueueSeconds: 24 * 60 * 60,
  whenOutcomeUnknown: 'fail',
} as const;

/** The integration to copy: one operation of each delivery kind and two asynchronous tasks, by a provider that only the simulator speaks. */
export const definition = defineIntegration({
  name: 'example',
  title: 'Example',
  description: 'A provider that exists in the simulator only: the package to start a new integration from.',
  settings,
  simulatorSettings: (simulatorUrl) => ({ apiKey: 'simulator', baseUrl: `${simulatorUrl}/example/v1` }),
  callback,
  operations: {
    'text-to-image': defineOperation({
      title: 'Text to image',
      description: 'Draws an image from a description: the answer holds it.',
      delivery: 'call',
      ...drawing,
      limits,
      workflow: 'exampleWorkflow',
    }),
    'text-to-image-polled': defineOperation({
      title: 'Text to image, polled',
      description: 'Draws an image from a description: the answer names a task, which is asked for until it ends.',
      delivery: 'poll',
      ...drawing,
      limits: {
        ...limits,
        pollFirstSeconds: 1,
        pollIntervalSeconds: 1,
        pollWindowSeconds: 30,
        pollSlowIntervalSeconds: 5,
      },
      workflow: 'exampleTaskWorkflow',
    }),
    'text-to-image-callback': defineOperation({
      title: 'Text to image, called back',
      description:
        'Draws an image from a description: the answer names a job, and the provider calls back when it ends.',
      delivery: 'callback',
      ...drawing,
      limits: {
        ...limits,
        pollFirstSeconds: 5,
        pollIntervalSeconds: 5,
        pollWindowSeconds: 30,
        pollSlowIntervalSeconds: 15,
      },
      workflow: 'exampleTaskWorkflow',
    }),
  },
  tasks: {
    example_contact_sheet: defineTask({
      title: 'Contact sheet',
      description: 'Writes the prompts one below the other, stores the sheet, and answers where.',
      params: contactSheetParamsSchema,
    }),
    example_task_states: defineTask({
      title: 'Task states',
      description: 'Asks the provider how far its tasks are, one after the other.',
      params: taskStatesParamsSchema,
      // A look is short, and may be begun twice.
      stepTimeoutSeconds: 60,
      lostWorkerSeconds: 10,
    }),
  },
});

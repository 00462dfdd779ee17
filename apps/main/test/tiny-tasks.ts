import { defineIntegration, defineTask } from '@darkroom/integration-sdk';
import { implementTask, step } from '@darkroom/integration-sdk/tasks';
import { z } from 'zod';

const integration = (name: string) =>
  ({
    name,
    title: name,
    description: 'For tests.',
    settings: {},
    simulatorSettings: () => ({}),
    operations: {},
  }) as const;

/** An integration for tests that declares tasks. */
export const tiny = defineIntegration({
  ...integration('tiny'),
  tasks: {
    tiny_report: defineTask({
      title: 'Report',
      description: 'Writes and prints.',
      params: z.strictObject({ topic: z.string().trim().min(1), pages: z.int().min(1).max(9).default(2) }),
    }),
    tiny_wait: defineTask({
      title: 'Wait',
      description: 'Waits to be told.',
      params: z.strictObject({}),
      // A step that stands still for longer is begun again; a cancel reaches it within half of it.
      lostWorkerSeconds: 10,
    }),
    tiny_fail: defineTask({
      title: 'Fail',
      description: 'Fails.',
      params: z.strictObject({}),
      retryPolicy: { maxRetries: 0 },
    }),
    tiny_appointment: defineTask({
      title: 'Appointment',
      description: 'Its schema makes what a task cannot take.',
      params: z.strictObject({ at: z.iso.datetime().transform((text) => new Date(text)) }),
    }),
    // No worker asks for the tasks of this queue.
    tiny_later: defineTask({
      title: 'Later',
      description: 'Nobody begins it.',
      params: z.strictObject({ text: z.string() }),
      taskQueue: 'queue-of-nobody',
    }),
  },
});
/** One that is not enabled. */
export const absent = defineIntegration({
  ...integration('absent'),
  tasks: { absent_task: defineTask({ title: 'Absent', description: 'Disabled.', params: z.strictObject({}) }) },
});

/** What the tasks have done. */
export const done: { written: string[]; aborted: number } = { written: [], aborted: 0 };

/** Its tasks as a worker runs them. */
export const tinyTasks = [
  implementTask(tiny, 'tiny_report', async function* ({ topic, pages }) {
    const text = yield* step('write', () => {
      done.written.push(topic);
      return `${topic} `.repeat(pages).trim();
    });
    const printed = yield* step('print', () => text.toUpperCase());
    return { printed };
  }),
  implementTask(
    tiny,
    'tiny_wait',
    (_params, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          done.aborted += 1;
          reject(new Error('told to end'));
        });
      }),
  ),
  implementTask(tiny, 'tiny_fail', () => Promise.reject(new Error('no ink'))),
];

import { createHash } from 'node:crypto';
import { step, TemporalAsyncTask } from '@darkroom/integration-sdk/tasks';
import type { IntegrationContext } from '@darkroom/integration-sdk/worker';

/** Asynchronous tasks: work of the integration that fits no delivery kind. The example writes a contact sheet of prompts, and stores it. */
export function createExampleTasks({ objectStore, objectKeyPrefix }: IntegrationContext) {
  const contactSheet = new TemporalAsyncTask({
    name: 'example_contact_sheet',
    task: async function* ({ prompts }: { prompts: string[] }, { taskId }) {
      const sheet = yield* step('write', () => prompts.map((prompt, index) => `${index + 1}. ${prompt}\n`).join(''));
      // What may be large is stored, and its key is the result. The key is the task's, so that a second execution stores nothing new.
      const objectKey = yield* step('store', async () => {
        const bytes = Buffer.from(sheet);
        const key = `${objectKeyPrefix}/tasks/${taskId}/contact-sheet.txt`;
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        await objectStore.putIfAbsent({ key, bytes, contentType: 'text/plain; charset=utf-8', sha256 });
        return key;
      });
      return { objectKey, prompts: prompts.length };
    },
  });
  return [contactSheet];
}

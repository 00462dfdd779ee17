import { createHash } from 'node:crypto';
import { implementTask, step } from '@darkroom/integration-sdk/tasks';
import type { IntegrationContext } from '@darkroom/integration-sdk/worker';
import { definition } from '../definition.ts';

/** Writes a contact sheet of prompts, and stores it. */
export function createContactSheet({
  objectStore,
  objectKeyPrefix,
}: Pick<IntegrationContext, 'objectStore' | 'objectKeyPrefix'>) {
  return implementTask(definition, 'example_contact_sheet', async function* ({ prompts }, { taskId }) {
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
  });
}

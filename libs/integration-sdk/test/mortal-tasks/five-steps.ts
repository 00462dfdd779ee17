import { step, TemporalAsyncTask } from '../../src/tasks/index.ts';
import { askProvider } from './ask-provider.ts';

export const stepKeys = ['read', 'draft', 'draw', 'check', 'publish'];

/** What a step asks the provider for. */
export const promptOf = (key: string) => `five steps: ${key}`;

/** Asks a provider in each step, which is paid for, and counts. */
export const fiveSteps = new TemporalAsyncTask({
  name: 'five-steps',
  // About as long as the next process needs to start. A worker that lives must not count as lost where the machine stands still for seconds.
  lostWorkerSeconds: 8,
  retryPolicy: { initialDelay: 100 },
  task: async function* ({ providerUrl }: { providerUrl: string }) {
    const images: string[] = [];
    for (const key of stepKeys) images.push(yield* step(key, () => askProvider(providerUrl, promptOf(key))));
    return { images };
  },
});

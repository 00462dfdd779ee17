import { step, TemporalAsyncTask } from '../../src/tasks/index.ts';
import { askProvider } from './ask-provider.ts';

/** What its one step asks the provider for. */
export const promptToPayOnce = 'paid for once at most';

/** Asks a provider in a step that is better failed than begun twice. */
export const payOnce = new TemporalAsyncTask({
  name: 'pay-once',
  lostWorkerSeconds: 4,
  retryPolicy: { maxRetries: 0 },
  task: async function* ({ providerUrl }: { providerUrl: string }) {
    return yield* step('pay', () => askProvider(providerUrl, promptToPayOnce));
  },
});

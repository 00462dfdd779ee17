import { pause } from './pause.ts';

const firstWaitMs = 200;
const longestWaitMs = 10_000;

/** The worker begins to stop, and what it waits for is not paid yet: another worker goes on. */
export class WorkerStopping extends Error {
  constructor() {
    super('The worker stops. Nothing was paid; another worker goes on.');
    this.name = 'WorkerStopping';
  }
}

/**
 * Asks again, ever more slowly, until an answer comes. For questions that are safe to repeat and that nothing can go on without.
 * Fails with `WorkerStopping` where there is no answer and `stopping` is aborted.
 */
export async function untilAnswered<Answer>(
  ask: () => Promise<Answer>,
  onFailure: (error: unknown) => void,
  stopping?: AbortSignal,
): Promise<Answer> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      return await ask();
    } catch (error) {
      onFailure(error);
      await pause(waitMs, stopping);
      if (stopping?.aborted) throw new WorkerStopping();
    }
  }
}

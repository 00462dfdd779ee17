import { pause } from './pause.ts';

const firstWaitMs = 200;
const longestWaitMs = 10_000;

/** Asks again, ever more slowly, until an answer comes. For questions that are safe to repeat and that nothing can go on without. */
export async function untilAnswered<Answer>(
  ask: () => Promise<Answer>,
  onFailure: (error: unknown) => void,
): Promise<Answer> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      return await ask();
    } catch (error) {
      onFailure(error);
      await pause(waitMs);
    }
  }
}

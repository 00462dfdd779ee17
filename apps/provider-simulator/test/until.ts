import { setTimeout as pause } from 'node:timers/promises';

const longestMilliseconds = 50_000;

/** Asks again and again until there is an answer, and fails after 50 seconds. */
export async function until<Answer>(ask: () => Promise<Answer | undefined> | Answer | undefined): Promise<Answer> {
  const deadline = Date.now() + longestMilliseconds;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(20);
  }
  throw new Error('The condition did not come true within 50 s.');
}

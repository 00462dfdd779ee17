import { step, TemporalAsyncTask } from '../../src/tasks/index.ts';

export const stepKeys = ['read', 'draft', 'draw', 'check', 'publish'];

/** Asks a server outside the process in each step, which counts, and may keep a step waiting. */
export const fiveSteps = new TemporalAsyncTask({
  name: 'five-steps',
  lostWorkerSeconds: 1,
  retryPolicy: { initialDelay: 100 },
  task: async function* ({ serverUrl }: { serverUrl: string }, { taskId }) {
    const answers: string[] = [];
    for (const key of stepKeys) {
      const answer = yield* step(key, async () => {
        const response = await fetch(`${serverUrl}/${taskId}/${key}`, { method: 'POST' });
        return response.text();
      });
      answers.push(answer);
    }
    return { answers };
  },
});

import { AsyncTaskError } from '../../src/tasks/index.ts';

interface Order {
  work: string;
  topic: string;
  signal: AbortSignal;
}

/** Asks an imagined studio for some work; the answer is an id, never a file. */
export async function askStudio(studioUrl: string, { work, topic, signal }: Order): Promise<string> {
  const response = await fetch(`${studioUrl}/${work}`, { method: 'POST', body: topic, signal });
  if (response.ok) return response.text();
  throw new AsyncTaskError('studio_failed', `The studio answered ${response.status} to ${work}.`, {
    retryable: response.status >= 500,
  });
}

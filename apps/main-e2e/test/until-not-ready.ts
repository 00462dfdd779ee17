import { until } from './until.ts';

/** Waits until a process says that it is not ready, and answers what it says of its dependencies. */
export async function untilNotReady(url: string): Promise<string> {
  return until(`${url} is not ready`, async () => {
    const response = await fetch(`${url}/readyz`);
    const body = await response.text();
    return response.status === 503 && body;
  });
}

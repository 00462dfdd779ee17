import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  readonly timeoutMilliseconds: number;
  readonly intervalMilliseconds?: number;
}

/** Asks until the answer is yes. Answers false when the time is over. */
export async function waitUntil(
  isTrue: () => boolean | Promise<boolean>,
  { timeoutMilliseconds, intervalMilliseconds = 50 }: WaitOptions,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMilliseconds;
  while (!(await isTrue())) {
    if (performance.now() >= deadline) return false;
    await delay(intervalMilliseconds);
  }
  return true;
}

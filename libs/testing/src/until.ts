import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks every 20 ms until the answer is not undefined or false, and gives it back. Rejects, naming what it waited for, once
 * `timeoutSeconds` have passed.
 */
export async function until<Found>(
  what: string,
  ask: () => Promise<Found | undefined | false> | Found | undefined | false,
  timeoutSeconds = 60,
): Promise<Found> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  while (performance.now() < deadline) {
    const found = await ask();
    if (found !== undefined && found !== false) return found;
    await delay(20);
  }
  throw new Error(`Waited ${timeoutSeconds} s in vain until ${what}.`);
}

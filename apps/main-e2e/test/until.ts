import { setTimeout as delay } from 'node:timers/promises';

/** Asks every 50 ms until the answer is not undefined or false, and gives it back. Rejects, naming what it waited for, after 60 s. */
export async function until<Found>(
  what: string,
  ask: () => Promise<Found | undefined | false>,
  timeoutSeconds = 60,
): Promise<Found> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  while (performance.now() < deadline) {
    const found = await ask();
    if (found !== undefined && found !== false) return found;
    await delay(50);
  }
  throw new Error(`Waited ${timeoutSeconds} s in vain until ${what}.`);
}

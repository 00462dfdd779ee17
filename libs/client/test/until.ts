import { setTimeout as delay } from 'node:timers/promises';

/** Asks every 10 ms until the answer is true. Rejects, naming what it waited for, after a minute: the pauses of a client grow to 15 s. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`Waited a minute in vain until ${what}.`);
    await delay(10);
  }
}

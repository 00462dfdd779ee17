import { setTimeout as delay } from 'node:timers/promises';
import { cpuSecondsOf } from './cpu-seconds.ts';
import { nameProcesses } from './name-processes.ts';
import type { Rig } from './start-rig.ts';

const lookEveryMs = 500;
const idleShare = 0.15;
const patienceMs = 180_000;

/** Waits until the processes have finished what a round left behind, so that it does not slow the next one. */
export async function untilIdle(ofSides: Rig['processes'], signal: AbortSignal): Promise<void> {
  const processes = nameProcesses(ofSides);
  const giveUpAt = performance.now() + patienceMs;
  let before = { at: performance.now(), seconds: cpuSecondsOf(processes) };
  for (;;) {
    await delay(lookEveryMs, undefined, { signal });
    const now = { at: performance.now(), seconds: cpuSecondsOf(processes) };
    const shares = Object.entries(now.seconds).map(
      ([name, value]) => [name, ((value - (before.seconds[name] ?? 0)) * 1000) / (now.at - before.at)] as const,
    );
    if (shares.reduce((sum, [, share]) => sum + share, 0) < idleShare) return;
    if (now.at > giveUpAt)
      throw new Error(
        `The processes were still busy ${patienceMs / 1000} s after a round, and a later round would measure their work too: ${describe(shares)}.`,
      );
    before = now;
  }
}

function describe(shares: readonly (readonly [string, number])[]): string {
  return shares.map(([name, share]) => `${name} ${Math.round(share * 100)} % of a core`).join(', ');
}

import { setTimeout as delay } from 'node:timers/promises';
import { cpuSecondsOf } from './cpu-seconds.ts';
import type { Rig } from './start-rig.ts';

const lookEveryMs = 500;
const idleShare = 0.15;
const patienceMs = 60_000;

/** Waits until the processes have finished what a round left behind, so that it does not slow the next one. */
export async function untilIdle({ ours, floor }: Rig['processes'], signal: AbortSignal): Promise<void> {
  const busySeconds = () =>
    [ours, floor].flatMap((side) => Object.values(cpuSecondsOf(side))).reduce((sum, value) => sum + value, 0);
  const giveUpAt = performance.now() + patienceMs;
  let before = busySeconds();
  while (performance.now() < giveUpAt) {
    await delay(lookEveryMs, undefined, { signal });
    const now = busySeconds();
    if ((now - before) * 1000 < lookEveryMs * idleShare) return;
    before = now;
  }
  throw new Error(
    `The processes were still busy ${patienceMs / 1000} s after a round: a later round would measure its work too.`,
  );
}

import { setTimeout as delay } from 'node:timers/promises';
import { cpuSecondsOf } from '../rig/cpu-seconds.ts';
import { memoryMegabytesOf } from '../rig/memory-megabytes.ts';
import { countSteps } from './count-steps.ts';
import { punctualityOf, type Punctuality } from './punctuality.ts';
import type { WaitingSettings } from './waiting-settings.ts';
import type { WaitingSide } from './waiting-side.ts';

/** What one side's waiting calls cost, each. */
export interface WaitingCost extends Punctuality {
  readonly memoryKilobytes: number;
  /** For a minute of waiting, by process. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly events: number;
  readonly stateTransitions: number;
}

const atOnce = 16;
const lookEveryMs = 1_000;
const patienceMs = 15 * 60_000;

interface Watching {
  readonly settings: WaitingSettings;
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Hands in all calls of a side, waits until each of them waits, and watches them. They are left waiting. */
export async function watchSide(side: WaitingSide, { settings, report, signal }: Watching): Promise<WaitingCost> {
  const { calls, seconds, intervalSeconds } = settings;
  const idleMegabytes = memoryMegabytesOf(side.workerPid);
  await beginAll(side, calls, signal);
  await untilAllWait(side, { calls, report, signal });
  // Once round: what the beginning left behind, and the first look at each task, are not part of waiting.
  await delay(intervalSeconds * 1000, undefined, { signal });

  const from = Date.now();
  const before = cpuSecondsOf(side.processes);
  await delay(seconds * 1000, undefined, { signal });
  const after = cpuSecondsOf(side.processes);
  const to = Date.now();

  const tasks = await side.looks();
  if (tasks.length !== calls) throw new Error(`The provider took ${tasks.length} submissions for ${calls} calls.`);
  const minutes = (to - from) / 60_000;
  const cpuMs = Object.entries(after).map(
    ([name, value]) => [name, ((value - (before[name] ?? 0)) * 1000) / calls / minutes] as const,
  );
  return {
    ...punctualityOf(tasks, { from, to, intervalSeconds }),
    ...(await countSteps(side.engine, side.workflowType)),
    memoryKilobytes: ((memoryMegabytesOf(side.workerPid) - idleMegabytes) * 1024) / calls,
    cpuMs: Object.fromEntries(cpuMs),
  };
}

async function beginAll(side: WaitingSide, calls: number, signal: AbortSignal): Promise<void> {
  let next = 0;
  const beginInTurn = async () => {
    while (next < calls) {
      signal.throwIfAborted();
      const index = next;
      next += 1;
      await side.begin(index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, beginInTurn));
}

async function untilAllWait(
  side: WaitingSide,
  { calls, report, signal }: Omit<Watching, 'settings'> & { calls: number },
): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const tasks = await side.looks();
    const waiting = tasks.filter(({ looks }) => looks.length > 0).length;
    if (waiting === calls) return;
    if (performance.now() > giveUpAt) throw new Error(`Only ${waiting} of ${calls} calls came to wait.`);
    report(`${tasks.length} of ${calls} submitted, ${waiting} looked after`);
    await delay(lookEveryMs, undefined, { signal });
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { cpuSecondsOf } from '../rig/cpu-seconds.ts';
import { memoryMegabytesOf } from '../rig/memory-megabytes.ts';
import { checkWaiting } from './check-waiting.ts';
import { countSteps } from './count-steps.ts';
import { punctualityOf, type Punctuality } from './punctuality.ts';
import { runningOf } from './running-of.ts';
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

interface Watching {
  readonly settings: WaitingSettings;
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Hands in all calls of a side, waits until each of them waits, and watches them. They are left waiting. */
export async function watchSide(side: WaitingSide, { settings, report, signal }: Watching): Promise<WaitingCost> {
  const { calls, seconds, intervalSeconds, waitSeconds } = settings;
  const idleMegabytes = memoryMegabytesOf(side.workerPid);
  const leaveBy = Date.now() + (waitSeconds - intervalSeconds - seconds) * 1000;
  await beginAll(side, calls, signal);
  await untilAllWait(side, { calls, leaveBy, report, signal });
  // Once round: what the beginning left behind, and the first look at each task, are not part of waiting.
  await delay(intervalSeconds * 1000, undefined, { signal });

  const from = Date.now();
  const before = cpuSecondsOf(side.processes);
  await delay(seconds * 1000, undefined, { signal });
  const after = cpuSecondsOf(side.processes);
  const to = Date.now();

  const tasks = await side.looks();
  const { count: running } = await side.engine.workflow.count(runningOf(side.workflowType));
  checkWaiting(tasks, { calls, from, to, intervalSeconds, running });
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
  { calls, leaveBy, report, signal }: Omit<Watching, 'settings'> & { calls: number; leaveBy: number },
): Promise<void> {
  for (;;) {
    const tasks = await side.looks();
    const waiting = tasks.filter(({ looks }) => looks.length > 0).length;
    if (Date.now() > leaveBy)
      throw new Error(
        `${waiting} of ${calls} calls have come to wait, too late for the first ones to wait to the end.`,
      );
    if (waiting === calls) return;
    report(`${tasks.length} of ${calls} submitted, ${waiting} looked after`);
    await delay(lookEveryMs, undefined, { signal });
  }
}

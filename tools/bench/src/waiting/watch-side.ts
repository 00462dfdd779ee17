import { setTimeout as delay } from 'node:timers/promises';
import { makeRequests } from '../load/make-requests.ts';
import { cpuSecondsOf } from '../rig/cpu-seconds.ts';
import { memoryMegabytesOf } from '../rig/memory-megabytes.ts';
import { checkWaiting, findNeglected } from './check-waiting.ts';
import { countSteps } from './count-steps.ts';
import { punctualityOf, type Punctuality } from './punctuality.ts';
import type { TaskLooks } from './read-looks.ts';
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
/** Longer than Temporal takes to make a look again that it has lost (docs/benchmarks.md, "Lost tasks"). */
const lostLookSeconds = 120;

interface Watching {
  readonly settings: WaitingSettings;
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Hands in all calls of a side, waits until each of them waits, and watches them. They are left waiting. */
export async function watchSide(side: WaitingSide, { settings, report, signal }: Watching): Promise<WaitingCost> {
  const { calls, seconds, intervalSeconds, waitSeconds } = settings;
  const idleMegabytes = memoryMegabytesOf(side.workerPid);
  const endsAt = Date.now() + waitSeconds * 1000;
  await makeRequests({ count: calls, inFlight: atOnce, signal }, (index) => side.begin(index));
  await untilAllWait(side, { calls, leaveBy: endsAt - (intervalSeconds + seconds) * 1000, report, signal });
  // Once round: what the beginning left behind, and the first look at each task, are not part of waiting.
  await delay(intervalSeconds * 1000, undefined, { signal });

  const { from, to, before, after, tasks } = await watch(side, { seconds, endsAt, report, signal });
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

interface Watch {
  /** In milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** CPU seconds by process. */
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
  readonly tasks: readonly TaskLooks[];
}

/** For so many seconds, and where Temporal has lost a look, until it is made up for: the rest of that task's waiting is as good as the others'. */
async function watch(
  side: WaitingSide,
  { seconds, endsAt, report, signal }: Omit<Watching, 'settings'> & { seconds: number; endsAt: number },
): Promise<Watch> {
  const from = Date.now();
  const before = cpuSecondsOf(side.processes);
  const leaveBy = Math.min(endsAt, from + (seconds + lostLookSeconds) * 1000);
  for (let waitMs = seconds * 1000; ; waitMs = lookEveryMs) {
    await delay(waitMs, undefined, { signal });
    const after = cpuSecondsOf(side.processes);
    const to = Date.now();
    const tasks = await side.looks();
    const neglected = findNeglected(tasks, { from, to });
    if (neglected.length === 0 || to > leaveBy) return { from, to, before, after, tasks };
    report(`${neglected.length} tasks are still to be looked at`);
  }
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

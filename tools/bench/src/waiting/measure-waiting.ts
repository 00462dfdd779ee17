import { renderGroup } from '../report/render-report.ts';
import { explainFault } from '../rig/explain-fault.ts';
import type { Comparison, ComparisonGroup } from '../report/comparison.ts';
import { nameFaults } from '../rounds/name-faults.ts';
import { percentile } from '../statistics/percentile.ts';
import { runningOf } from './running-of.ts';
import { startWaitingRig } from './start-waiting-rig.ts';
import { waitingSettings, type WaitingSettings } from './waiting-settings.ts';
import { type WaitingCost, watchSide } from './watch-side.ts';

interface MeasureOptions {
  readonly length: number;
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
}

/** What a call costs while it waits for its provider. */
export async function measureWaiting({ length, ...options }: MeasureOptions): Promise<ComparisonGroup[]> {
  const groups: ComparisonGroup[] = [];
  for (const settings of waitingSettings(length)) {
    const group = await measurePhase(settings, options);
    options.report(renderGroup(group));
    groups.push(group);
  }
  return groups;
}

async function measurePhase(
  settings: WaitingSettings,
  { report, signal }: Omit<MeasureOptions, 'length'>,
): Promise<ComparisonGroup> {
  const { phase, calls, seconds, intervalSeconds, waitSeconds } = settings;
  report(`waiting ${phase}: starting fresh processes`);
  const rig = await startWaitingRig(settings);
  try {
    const watch = (name: 'ours' | 'floor') => {
      const side = `waiting ${phase}: ${name}`;
      const watching = { settings, report: (message: string) => report(`${side}, ${message}`), signal };
      return nameFaults(side, () => watchSide(rig[name], watching));
    };
    const floor = await watch('floor');
    await endWaiting(rig.floor);
    const ours = await watch('ours');
    return {
      title: `Waiting ${phase}: ${calls} polled calls at once in one worker process`,
      floor: `a bare workflow that submits and then waits in one heartbeat-loop activity, on the same server. Each task is queued at the provider for ${waitSeconds} s and looked at every ${intervalSeconds} s; watched for ${seconds} s once all calls wait, or longer until Temporal has made up for a look that it lost. Checked after it: each was submitted once, all still waited, and none was looked at more often than the interval allows from its submission on. One run of each side`,
      comparisons: comparisonsOf(ours, floor),
    };
  } catch (error) {
    throw explainFault(error, rig.services);
  } finally {
    await rig.stop();
  }
}

async function endWaiting({ engine, workflowType }: Parameters<typeof watchSide>[0]): Promise<void> {
  for await (const { workflowId } of engine.workflow.list({ query: runningOf(workflowType) }))
    await engine.workflow.getHandle(workflowId).terminate('The measurement is over.');
}

function comparisonsOf(ours: WaitingCost, floor: WaitingCost): Comparison[] {
  const of = (figure: (cost: WaitingCost) => number) => ({ ours: [figure(ours)], floor: [figure(floor)] });
  const lower = { better: 'lower' } as const;
  const total = ({ cpuMs }: WaitingCost) => Object.values(cpuMs).reduce((sum, value) => sum + value, 0);
  return [
    { title: "worker's memory for a waiting call", unit: 'KB', ...lower, ...of((cost) => cost.memoryKilobytes) },
    { title: 'CPU for a minute of waiting, all processes', unit: 'ms', ...lower, ...of(total) },
    ...Object.keys(ours.cpuMs).map((name) => ({
      title: `CPU for a minute of waiting, ${name}`,
      unit: 'ms',
      ...lower,
      ...of((cost) => cost.cpuMs[name] ?? 0),
    })),
    { title: 'lateness of a look, p50', unit: 'ms', ...lower, ...of(({ latenessMs }) => percentile(latenessMs, 50)) },
    { title: 'lateness of a look, p99', unit: 'ms', ...lower, ...of(({ latenessMs }) => percentile(latenessMs, 99)) },
    { title: 'most looks at one task in the watch', unit: '', ...lower, ...of((cost) => cost.mostLooks) },
    { title: 'Temporal events of a call so far', unit: '', ...lower, ...of((cost) => cost.events) },
    { title: 'state transitions of a call so far', unit: '', ...lower, ...of((cost) => cost.stateTransitions) },
  ];
}

import { runInFlight } from '../load/run-in-flight.ts';
import type { Comparison, ComparisonGroup } from '../report/comparison.ts';
import { takeTurns, benchAccounts } from '../rig/accounts.ts';
import type { CallTarget } from '../rig/call-target.ts';
import { cpuSecondsOf } from '../rig/cpu-seconds.ts';
import { alternateRounds } from '../rounds/alternate-rounds.ts';
import { percentile } from '../statistics/percentile.ts';
import type { MeasurementContext } from './measurement-context.ts';

/** How throughput is measured; the report prints it. */
export const throughputSettings = { inFlight: 16, seconds: 12 };

interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU milliseconds for each call, by process. */
  readonly cpuMs: Readonly<Record<string, number>>;
}

/** As many calls a second as the machine carries out, and what each costs all processes that take part in it. */
export async function measureThroughput({ rig, rounds, length }: MeasurementContext): Promise<ComparisonGroup> {
  const { inFlight, seconds } = throughputSettings;
  const measure = (target: CallTarget, processes: Readonly<Record<string, number>>) => async (): Promise<Round> => {
    const takeTurn = takeTurns(benchAccounts.length);
    const load = { inFlight, seconds: seconds * length, signal: rounds.signal };
    const before = cpuSecondsOf(processes);
    const { latenciesMs, elapsedSeconds } = await runInFlight(
      load,
      async () => void (await target.complete(takeTurn())),
    );
    const after = cpuSecondsOf(processes);
    const count = latenciesMs.length;
    return {
      perSecond: count / elapsedSeconds,
      p50: percentile(latenciesMs, 50),
      p99: percentile(latenciesMs, 99),
      cpuMs: perCall(before, after, count),
    };
  };
  const sides = {
    ours: measure(rig.darkroom, rig.processes.ours),
    floor: measure(rig.floorWorkflows, rig.processes.floor),
  };
  const results = await alternateRounds('throughput', sides, rounds);
  return {
    title: `Throughput, ${inFlight} calls in flight`,
    floor:
      'the same bare two-activity workflow. CPU is that of every process that takes part, user and system time; the load generator is none of them',
    comparisons: comparisonsOf(results),
  };
}

function comparisonsOf({ ours, floor }: { ours: Round[]; floor: Round[] }): Comparison[] {
  const of = (figure: (round: Round) => number) => ({ ours: ours.map(figure), floor: floor.map(figure) });
  const processNames = Object.keys(ours[0]?.cpuMs ?? {});
  const beatTheFloor = { kind: 'beat the floor' } as const;
  return [
    { title: 'sustained calls', unit: '/s', better: 'higher', aim: beatTheFloor, ...of((round) => round.perSecond) },
    {
      title: 'CPU per call, all processes',
      unit: 'ms',
      better: 'lower',
      aim: beatTheFloor,
      ...of((round) => sum(Object.values(round.cpuMs))),
    },
    ...processNames.map((name) => ({
      title: `CPU per call, ${name}`,
      unit: 'ms',
      better: 'lower' as const,
      ...of((round) => round.cpuMs[name] ?? 0),
    })),
    { title: 'time to end under this load, p50', unit: 'ms', better: 'lower', ...of((round) => round.p50) },
    { title: 'time to end under this load, p99', unit: 'ms', better: 'lower', ...of((round) => round.p99) },
  ];
}

function perCall(before: Record<string, number>, after: Record<string, number>, calls: number): Record<string, number> {
  const entries = Object.entries(after).map(([name, seconds]) => [
    name,
    ((seconds - (before[name] ?? 0)) * 1000) / calls,
  ]);
  return Object.fromEntries(entries) as Record<string, number>;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

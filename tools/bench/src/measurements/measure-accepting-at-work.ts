import { runAtRate } from '../load/run-at-rate.ts';
import type { ComparisonGroup } from '../report/comparison.ts';
import { takeTurns, benchAccounts } from '../rig/accounts.ts';
import type { CallTarget } from '../rig/call-target.ts';
import { untilIdle } from '../rig/until-idle.ts';
import { alternateRounds } from '../rounds/alternate-rounds.ts';
import { percentile } from '../statistics/percentile.ts';
import type { MeasurementContext } from './measurement-context.ts';

/** How accepting at work is measured; the report prints it. */
export const acceptingAtWorkSettings = { perSecond: 8, seconds: 8 };

/** The same path while every accepted call is also carried out, at a rate that the machine can carry out. */
export async function measureAcceptingAtWork({ rig, rounds, length }: MeasurementContext): Promise<ComparisonGroup> {
  const { perSecond, seconds } = acceptingAtWorkSettings;
  const measure = (target: CallTarget) => async () => {
    const takeTurn = takeTurns(benchAccounts.length);
    const load = { perSecond, seconds: seconds * length, signal: rounds.signal };
    const { latenciesMs } = await runAtRate(load, () => target.accept(takeTurn()));
    await untilIdle(rig.processes, rounds.signal);
    return { p50: percentile(latenciesMs, 50), p99: percentile(latenciesMs, 99) };
  };
  const sides = { ours: measure(rig.darkroom), floor: measure(rig.floorWorkflows), insert: measure(rig.floorInserts) };
  const { ours, floor, insert } = await alternateRounds('accepting at work', sides, rounds);
  const pick = (figure: 'p50' | 'p99', other: typeof floor) => ({
    ours: ours.map((round) => round[figure]),
    floor: other.map((round) => round[figure]),
  });
  return {
    title: 'Accepting while the accepted calls are carried out',
    floor: 'a bare Fastify handler that starts a bare workflow; and the bare insert, with nothing to carry out',
    comparisons: [
      { title: 'accept p50, against starting a workflow', unit: 'ms', better: 'lower', ...pick('p50', floor) },
      { title: 'accept p99, against starting a workflow', unit: 'ms', better: 'lower', ...pick('p99', floor) },
      {
        title: 'accept p50, against the insert on an idle machine',
        unit: 'ms',
        better: 'lower',
        ...pick('p50', insert),
      },
    ],
  };
}

import { runInFlight } from '../load/run-in-flight.ts';
import type { ComparisonGroup } from '../report/comparison.ts';
import { takeTurns, benchAccounts } from '../rig/accounts.ts';
import type { CallTarget } from '../rig/call-target.ts';
import { alternateRounds } from '../rounds/alternate-rounds.ts';
import { percentile } from '../statistics/percentile.ts';
import type { MeasurementContext } from './measurement-context.ts';

/** How the overhead is measured; the report prints it. */
export const endToEndSettings = { inFlight: 1, seconds: 8 };

/** One call at a time, with a provider that answers at once: what is left is overhead. */
export async function measureEndToEnd({ rig, rounds, length }: MeasurementContext): Promise<ComparisonGroup> {
  const { inFlight, seconds } = endToEndSettings;
  const measure = (target: CallTarget) => async () => {
    const takeTurn = takeTurns(benchAccounts.length);
    const load = { inFlight, seconds: seconds * length, signal: rounds.signal };
    const { latenciesMs } = await runInFlight(load, async () => void (await target.complete(takeTurn())));
    return { p50: percentile(latenciesMs, 50), p99: percentile(latenciesMs, 99) };
  };
  const sides = { ours: measure(rig.darkroom), floor: measure(rig.floorWorkflows) };
  const { ours, floor } = await alternateRounds('end to end', sides, rounds);
  const pick = (figure: 'p50' | 'p99') => ({
    ours: ours.map((round) => round[figure]),
    floor: floor.map((round) => round[figure]),
  });
  return {
    title: 'End to end, one call at a time',
    floor: 'a bare two-activity workflow on the same Temporal server, awaited by its handle',
    comparisons: [
      { title: 'end to end p50', unit: 'ms', better: 'lower', aim: { kind: 'ratio', limit: 1.2 }, ...pick('p50') },
      { title: 'end to end p99', unit: 'ms', better: 'lower', ...pick('p99') },
    ],
  };
}

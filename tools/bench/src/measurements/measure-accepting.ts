import { runAtRate } from '../load/run-at-rate.ts';
import { runInFlight, type LoadResult } from '../load/run-in-flight.ts';
import { benchAccounts, takeTurns } from '../rig/accounts.ts';
import type { CallTarget } from '../rig/call-target.ts';
import { createDarkroomTarget } from '../rig/darkroom-target.ts';
import { startAcceptingMain } from '../rig/start-accepting-main.ts';
import { alternateRounds } from '../rounds/alternate-rounds.ts';
import type { Comparison, ComparisonGroup } from '../report/comparison.ts';
import { percentile } from '../statistics/percentile.ts';
import type { MeasurementContext } from './measurement-context.ts';

/** How accepting is measured; the report prints it. */
export const acceptingSettings = { perSecond: 100, seconds: 5, inFlight: 32, fullSpeedSeconds: 2.5 };

const latencyAim = { kind: 'ratio', limit: 1.4 } as const;

/** The path from a request to its 202, with nothing behind it: Temporal is away, as P1 allows. */
export async function measureAccepting(context: MeasurementContext): Promise<ComparisonGroup> {
  const main = await startAcceptingMain(context.rig.stack);
  const darkroom = createDarkroomTarget(main.url);
  try {
    const oneAccount = await compare(context, darkroom, 1);
    const fiftyAccounts = await compare(context, darkroom, benchAccounts.length);
    return {
      title: 'Accepting a call',
      floor: 'a bare Fastify handler with one durable insert. Both sides only accept here: no workflow runs meanwhile',
      comparisons: [...oneAccount, ...fiftyAccounts],
    };
  } finally {
    await darkroom.close();
    await main.stop();
  }
}

async function compare(
  { rig, rounds, length }: MeasurementContext,
  darkroom: CallTarget,
  accounts: number,
): Promise<Comparison[]> {
  const { perSecond, seconds, inFlight, fullSpeedSeconds } = acceptingSettings;
  const name = accounts === 1 ? 'one account' : `${accounts} accounts`;
  const measure = (target: CallTarget) => async () => {
    const takeTurn = takeTurns(accounts);
    const accept = () => target.accept(takeTurn());
    const steady = await runAtRate({ perSecond, seconds: seconds * length, signal: rounds.signal }, accept);
    const full = await runInFlight({ inFlight, seconds: fullSpeedSeconds * length, signal: rounds.signal }, accept);
    return { ...latenciesOf(steady), perSecond: full.latenciesMs.length / full.elapsedSeconds };
  };
  const sides = { ours: measure(darkroom), floor: measure(rig.floorInserts) };
  const { ours, floor } = await alternateRounds(`accepting, ${name}`, sides, rounds);
  const pick = (figure: keyof (typeof ours)[number]) => ({
    ours: ours.map((round) => round[figure]),
    floor: floor.map((round) => round[figure]),
  });
  return [
    { title: `accept p50, ${name}`, unit: 'ms', better: 'lower', aim: latencyAim, ...pick('p50') },
    { title: `accept p99, ${name}`, unit: 'ms', better: 'lower', ...pick('p99') },
    { title: `accepts at full speed, ${name}`, unit: '/s', better: 'higher', ...pick('perSecond') },
  ];
}

function latenciesOf({ latenciesMs }: LoadResult): { p50: number; p99: number } {
  return { p50: percentile(latenciesMs, 50), p99: percentile(latenciesMs, 99) };
}

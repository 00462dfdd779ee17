import { nameFaults } from './name-faults.ts';

export interface RoundsOptions {
  readonly rounds: number;
  /** Hears which side of which round comes next. */
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Measures the sides in turn, round after round and each second round the other way round, so that whatever slows the machine for
 * a while, or more and more, slows them all. A first round warms up and is thrown away. A fault is told with its title, side and round.
 */
export async function alternateRounds<Side extends string, Result>(
  title: string,
  sides: Readonly<Record<Side, () => Promise<Result>>>,
  { rounds, report, signal }: RoundsOptions,
): Promise<Record<Side, Result[]>> {
  const names = Object.keys(sides) as Side[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Side, Result[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of inOrderOf(round, names)) {
      signal.throwIfAborted();
      const turn = `${title}: ${name}, ${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}`;
      report(turn);
      const result = await nameFaults(turn, sides[name]);
      if (round > 0) results[name].push(result);
    }
  }
  return results;
}

function inOrderOf<Side>(round: number, names: readonly Side[]): readonly Side[] {
  return round > 0 && round % 2 === 0 ? names.toReversed() : names;
}

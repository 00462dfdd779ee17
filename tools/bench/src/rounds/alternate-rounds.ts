export interface RoundsOptions {
  readonly rounds: number;
  /** Hears which side of which round comes next. */
  readonly report: (message: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Measures the sides in turn, round after round, so that whatever slows the machine for a while slows them all. A first round
 * warms up and is thrown away.
 */
export async function alternateRounds<Side extends string, Result>(
  sides: Readonly<Record<Side, () => Promise<Result>>>,
  { rounds, report, signal }: RoundsOptions,
): Promise<Record<Side, Result[]>> {
  const names = Object.keys(sides) as Side[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Side, Result[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      signal.throwIfAborted();
      report(round === 0 ? `${name}, warm-up` : `${name}, round ${round} of ${rounds}`);
      const result = await sides[name]();
      if (round > 0) results[name].push(result);
    }
  }
  return results;
}

import { median } from '../statistics/median.ts';

/** What a figure should reach: a ratio of ours to the floor's, to beat the floor, or a value of its own, in its unit. */
export type Aim = { readonly kind: 'ratio' | 'value'; readonly limit: number } | { readonly kind: 'beat the floor' };

/** One figure of both sides, with a value for each round. */
export interface Comparison {
  readonly title: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  readonly aim?: Aim;
  readonly ours: readonly number[];
  readonly floor: readonly number[];
}

/** The comparisons of one question, and what the floor is in it. */
export interface ComparisonGroup {
  readonly title: string;
  readonly floor: string;
  readonly comparisons: readonly Comparison[];
}

export type Verdict = 'met' | 'tie' | 'missed' | 'no aim';

export interface Judgement {
  readonly ours: number;
  readonly floor: number;
  /** Ours to the floor's. */
  readonly ratio: number;
  readonly verdict: Verdict;
}

/** Two figures that differ by less than this factor are equal as far as such a run can tell. */
const tieFactor = 1.3;

/** Compares the medians of the rounds. */
export function judge(comparison: Comparison): Judgement {
  const ours = median(comparison.ours);
  const floor = median(comparison.floor);
  const ratio = ours / floor;
  return { ours, floor, ratio, verdict: verdictOf(comparison, { ours, ratio }) };
}

function verdictOf({ aim, better }: Comparison, { ours, ratio }: Pick<Judgement, 'ours' | 'ratio'>): Verdict {
  if (aim === undefined) return 'no aim';
  // Whatever the floor does.
  if (aim.kind === 'value') return (better === 'lower' ? ours <= aim.limit : ours >= aim.limit) ? 'met' : 'missed';
  const isTie = ratio < tieFactor && ratio > 1 / tieFactor;
  if (aim.kind === 'beat the floor') {
    if (isTie) return 'tie';
    return (better === 'lower' ? ratio < 1 : ratio > 1) ? 'met' : 'missed';
  }
  const isReached = better === 'lower' ? ratio <= aim.limit : ratio >= aim.limit;
  if (isReached) return 'met';
  return isTie ? 'tie' : 'missed';
}

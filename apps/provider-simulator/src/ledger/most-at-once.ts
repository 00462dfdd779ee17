interface Span {
  readonly began: number;
  readonly ended?: number;
}

/** The largest number of spans that are open at the same place of the order; a span without an end is still open. */
export function mostAtOnce(spans: readonly Span[]): number {
  const changes = spans
    .flatMap(({ began, ended }) => [
      { at: began, change: 1 },
      { at: ended ?? Infinity, change: -1 },
    ])
    .sort((one, other) => one.at - other.at || 0);
  let current = 0;
  let most = 0;
  for (const { change } of changes) {
    current += change;
    most = Math.max(most, current);
  }
  return most;
}

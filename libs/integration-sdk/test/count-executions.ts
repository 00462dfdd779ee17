/** How often something of a test's was executed. */
export interface Executions {
  /** Counts one execution, and answers how many there have been, from 1. */
  count(what: string): number;
  /** The counts of all whose name begins so, by the rest of their names. */
  of(beginning: string): Record<string, number>;
}

export function countExecutions(): Executions {
  const counts = new Map<string, number>();
  return {
    count(what) {
      const times = (counts.get(what) ?? 0) + 1;
      counts.set(what, times);
      return times;
    },
    of: (beginning) =>
      Object.fromEntries(
        [...counts].flatMap(([what, times]) =>
          what.startsWith(beginning) ? [[what.slice(beginning.length), times]] : [],
        ),
      ),
  };
}

/**
 * A sequencer that begins with the files that take longest, by what their paths contain. By size, which is what Jest goes by where it has no
 * times of an earlier run, one of them comes last, and is waited for while nothing else runs.
 */
export function slowestFirst(names) {
  const rankOf = ({ path }) => {
    const rank = names.findIndex((name) => path.endsWith(`/${name}.test.ts`));
    return rank < 0 ? names.length : rank;
  };
  return class SlowestFirst {
    sort(tests) {
      return [...tests].sort((a, b) => rankOf(a) - rankOf(b));
    }

    cacheResults() {
      // The order needs no times.
    }
  };
}

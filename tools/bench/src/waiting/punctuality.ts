import type { TaskLooks } from './read-looks.ts';

interface Window {
  /** In milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly intervalSeconds: number;
}

/** How the looks of a window kept their interval. */
export interface Punctuality {
  /** How much later than the interval each look came than the one before it, in milliseconds. */
  readonly latenessMs: readonly number[];
  /** The most looks at one task. */
  readonly mostLooks: number;
}

export function punctualityOf(
  tasks: readonly Pick<TaskLooks, 'looks'>[],
  { from, to, intervalSeconds }: Window,
): Punctuality {
  const latenessMs: number[] = [];
  let mostLooks = 0;
  for (const { looks } of tasks) {
    const inWindow = looks.filter((at) => at >= from && at < to);
    mostLooks = Math.max(mostLooks, inWindow.length);
    for (const [index, at] of inWindow.entries()) {
      const before = inWindow[index - 1];
      if (before !== undefined) latenessMs.push(Math.max(0, at - before - intervalSeconds * 1000));
    }
  }
  return { latenessMs, mostLooks };
}

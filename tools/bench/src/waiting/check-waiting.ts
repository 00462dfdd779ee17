import type { TaskLooks } from './read-looks.ts';

interface Watched {
  readonly calls: number;
  /** When the watch began and ended, in milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly intervalSeconds: number;
  /** Workflows that run after the watch. */
  readonly running: number;
}

/**
 * Refuses figures that are not those of calls that only waited: each was submitted once, none has ended, each was looked at while it was
 * watched, and none more often than its interval allows, from its submission on.
 */
export function checkWaiting(
  tasks: readonly TaskLooks[],
  { calls, from, to, intervalSeconds, running }: Watched,
): void {
  const prompts = new Set(tasks.map(({ prompt }) => prompt));
  if (tasks.length !== calls || prompts.size !== calls)
    throw new Error(`The provider saw ${tasks.length} submissions, of ${prompts.size} calls, for ${calls} calls.`);
  const waiting = tasks.filter(({ state }) => state === 'queued');
  if (waiting.length !== calls || running !== calls)
    throw new Error(
      `At the end ${waiting.length} tasks waited and ${running} workflows ran for ${calls} calls that were to wait.`,
    );
  const neglected = findNeglected(waiting, { from, to });
  if (neglected.length > 0) throw new Error(`${neglected.length} of ${calls} tasks were not looked at in the watch.`);
  for (const { prompt, submittedAt, looks } of tasks) {
    refuseMoreThan(allowed(to - submittedAt), looks.filter((at) => at < to).length, prompt);
    refuseMoreThan(allowed(to - from), looks.filter((at) => at >= from && at < to).length, prompt);
  }

  // One more than there are whole intervals: a look may come at both ends, and what is submitted is so a moment before the provider says it.
  function allowed(milliseconds: number): number {
    return Math.floor(milliseconds / 1000 / intervalSeconds) + 1;
  }
}

/** The tasks that were not looked at between two moments, in milliseconds since 1970. */
export function findNeglected(
  tasks: readonly TaskLooks[],
  { from, to }: Pick<Watched, 'from' | 'to'>,
): readonly TaskLooks[] {
  return tasks.filter(({ looks }) => !looks.some((at) => at >= from && at < to));
}

function refuseMoreThan(allowed: number, looks: number, prompt: string): void {
  if (looks > allowed)
    throw new Error(`The task of "${prompt}" was looked at ${looks} times where its interval allows ${allowed}.`);
}

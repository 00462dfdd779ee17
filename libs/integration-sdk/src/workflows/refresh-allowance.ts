const atOnce = 100;
const mostRefreshes = 1_000;

/**
 * Which refreshes of a call are worth a look of their own: the first ones, then one in a slow interval, in which the loop looks
 * anyway, and in the end none. Each look beside the loop makes the history longer, and Temporal ends a workflow whose history is too long.
 */
export function createRefreshAllowance(slowIntervalSeconds: number): (now: number) => boolean {
  let allowed = 0;
  let lastAt = 0;
  return (now) => {
    const isSpaced = now - lastAt >= slowIntervalSeconds * 1000;
    if (allowed >= mostRefreshes || (allowed >= atOnce && !isSpaced)) return false;
    allowed += 1;
    lastAt = now;
    return true;
  };
}

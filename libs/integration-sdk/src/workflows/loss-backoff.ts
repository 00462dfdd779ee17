const longestSeconds = 60;

/** How long to wait before an execution that was lost is followed up. */
export function lossBackoffSeconds(losses: number): number {
  return Math.min(longestSeconds, 2 ** losses);
}

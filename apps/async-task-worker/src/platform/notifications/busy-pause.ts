const shortestSeconds = 2;
const firstSeconds = 60;
const longestSeconds = 1_800;

/**
 * After how many seconds one comes again that found no place at its receiver, by how often it was tried: within a minute at first, and
 * more and more rarely, so that thousands which wait for a dead receiver do not keep `main` busy. `random` is from 0 to 1.
 */
export function busyPauseSeconds(tries: number, random: number): number {
  const longest = Math.min(firstSeconds * 2 ** (tries - 1), longestSeconds);
  return shortestSeconds + random * (longest - shortestSeconds);
}

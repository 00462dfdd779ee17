/** The longest that a request may wait for a call. */
export const maxWaitSeconds = 60;

/** The `wait` of a `Prefer` header (RFC 7240) in seconds, cut to the longest wait; undefined where it has none that can be read. */
export function readPreferredWait(prefer: string | string[] | undefined): number | undefined {
  const preferences = [prefer ?? []].flat().join(',').split(',');
  for (const preference of preferences) {
    const seconds = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(;.*)?$/i.exec(preference)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds), maxWaitSeconds);
  }
  return undefined;
}

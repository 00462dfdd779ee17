/** An answer's headers: names in lower case, repeated ones joined by a comma. */
export function joinHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const];
  });
  return Object.fromEntries(entries);
}

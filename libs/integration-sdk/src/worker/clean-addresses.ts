const address = /https?:\/\/[^\s"'<>`]+/gi;
// Ids: an address in place of one would be followed by nobody, and without it the task could not be found.
const ids = new Set(['externalId', 'candidates']);

/**
 * Replaces the web addresses in what providers said: of results that their holder need not be allowed to see, and that expire. The
 * addresses of stored artifacts are not among them: `main` adds those.
 */
export function withoutAddresses<Value>(value: Value): Value {
  return clean(value) as Value;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(address, (found) => `[address]${endOfSentence(found)}`);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, ids.has(key) ? entry : clean(entry)]));
}

function endOfSentence(text: string): string {
  return /[.,;:!?)\]}]+$/.exec(text)?.[0] ?? '';
}

const offset = 0x811c9dc5;
const primes = [0x01000193, 0x85ebca6b] as const;

/**
 * A short text that is the same for the same inputs in the same order, and in practice for no others. It is drawn at once and on pages that come
 * over plain HTTP, where the browser has no digests; it withstands no forger, and needs not: main refuses another content under the same id.
 */
export function contentOfCalls(inputs: readonly Record<string, unknown>[]): string {
  const text = JSON.stringify(inputs);
  return [text.length, ...primes.map((prime) => hash(text, prime))].join('-');
}

/** FNV-1a over the text's code units, with a multiplier of one's own. */
function hash(text: string, prime: number): string {
  let mixed = offset;
  for (let place = 0; place < text.length; place += 1) {
    mixed = Math.imul(mixed ^ text.charCodeAt(place), prime);
    // The upper half into the lower: a multiplication carries only upwards.
    mixed ^= mixed >>> 15;
  }
  return (mixed >>> 0).toString(36);
}

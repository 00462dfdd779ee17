/**
 * The value with every text in it as PostgreSQL can keep it: NUL and lone surrogates, which jsonb refuses, become U+FFFD. What a
 * provider writes into its messages must never make a report fail for good.
 */
export function storableText<Value>(value: Value): Value {
  return clean(value) as Value;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD');
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [clean(key), clean(entry)]));
}

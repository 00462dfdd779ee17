const shortestSecret = 4;

/** Replaces the exact values of secrets in every text of a value that is to leave the worker. Shorter ones than four signs are no secrets. */
export function withoutSecrets<Value>(value: Value, secrets: readonly string[]): Value {
  const worthHiding = secrets.filter((secret) => secret.length >= shortestSecret);
  return worthHiding.length === 0 ? value : (clean(value, worthHiding) as Value);
}

function clean(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), value);
  if (Array.isArray(value)) return value.map((entry) => clean(entry, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, clean(entry, secrets)]));
}

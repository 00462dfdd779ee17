const shortestSecret = 4;
// Fewer signs than these also stand at the end of a hash or an id by chance.
const shortestBeginning = 8;

/**
 * Replaces the exact values of secrets in every text of a value that is to leave the worker, and the beginning of one where a
 * text was cut in the middle of it. Shorter ones than four signs are no secrets.
 */
export function withoutSecrets<Value>(value: Value, secrets: readonly string[]): Value {
  const worthHiding = secrets.filter((secret) => secret.length >= shortestSecret);
  return worthHiding.length === 0 ? value : (clean(value, worthHiding) as Value);
}

function clean(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.reduce(withoutSecret, value);
  if (Array.isArray(value)) return value.map((entry) => clean(entry, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, clean(entry, secrets)]));
}

function withoutSecret(text: string, secret: string): string {
  const cleaned = text.replaceAll(secret, '[secret]');
  for (let length = secret.length - 1; length >= shortestBeginning; length -= 1) {
    if (cleaned.endsWith(secret.slice(0, length))) return `${cleaned.slice(0, -length)}[secret]`;
  }
  return cleaned;
}

/** A key that nobody else draws. `crypto.randomUUID` is absent on pages that come over plain HTTP. */
export function drawKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

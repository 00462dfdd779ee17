/** Longer than anybody waits; a number of any length stays one that can be reckoned with and told as JSON. */
const longestSeconds = 365 * 24 * 3600;

/**
 * How long the server asks to wait, a year at most, from `retry-after-ms` (OpenAI's own) or `Retry-After` (RFC 9110: seconds, or a
 * date, which is counted from the answer's own `Date`).
 */
export function retryAfterSeconds(headers: Readonly<Record<string, string>>): number | undefined {
  const asked = askedSeconds(headers);
  return asked === undefined ? undefined : Math.min(asked, longestSeconds);
}

function askedSeconds(headers: Readonly<Record<string, string>>): number | undefined {
  const milliseconds = toNumber(headers['retry-after-ms']);
  if (milliseconds !== undefined) return milliseconds / 1000;
  const seconds = toNumber(headers['retry-after']);
  if (seconds !== undefined) return seconds;
  const wait = (Date.parse(headers['retry-after'] ?? '') - Date.parse(headers['date'] ?? '')) / 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function toNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+(\.\d+)?$/.test(text.trim())) return undefined;
  return Number(text);
}

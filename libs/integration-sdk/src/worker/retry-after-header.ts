import type { ProviderResponse } from './call-handler.ts';

/** The patience that an answer asks for by `Retry-After`, in seconds or as a date; undefined where it asks for none. */
export function retryAfterSecondsOf({ headers }: ProviderResponse, now: Date): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000;
  return seconds > 0 ? seconds : undefined;
}

import type { ReportedEvent } from '@darkroom/contract';

const limits: Record<string, number> = { message: 2048, reason: 2048, code: 200 };

/** Cuts what providers and errors said to the lengths that the contract allows; an output is never touched. */
export function cutLongTexts(event: ReportedEvent): ReportedEvent {
  return event.type === 'call.completed' ? event : (cut(event) as ReportedEvent);
}

function cut(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cut);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      const limit = limits[key];
      return [key, typeof entry === 'string' && limit !== undefined ? entry.slice(0, limit) : cut(entry)];
    }),
  );
}

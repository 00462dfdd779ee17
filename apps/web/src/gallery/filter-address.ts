import type { Call, CallStatus } from '@darkroom/contract';

/** What the gallery shows. It stands in the address bar, so that it can be sent to somebody. */
export interface GalleryFilter {
  /** Words of the prompt. */
  prompt: string;
  status: readonly CallStatus[];
  integration: string | undefined;
  /** Days of the viewer's own calendar, `2026-01-31`; both are included. */
  from: string | undefined;
  to: string | undefined;
}

export const everything: GalleryFilter = {
  prompt: '',
  status: [],
  integration: undefined,
  from: undefined,
  to: undefined,
};

const statuses: readonly CallStatus[] = ['pending', 'processing', 'completed', 'failed', 'cancelled'];

/** Reads the filter of an address; what it does not know is ignored, as a link may be older than the page. */
export function readFilter(search: string): GalleryFilter {
  const parameters = new URLSearchParams(search);
  return {
    prompt: parameters.get('q') ?? '',
    status: statuses.filter((status) => parameters.getAll('status').includes(status)),
    integration: parameters.get('integration') ?? undefined,
    from: readDay(parameters.get('from')),
    to: readDay(parameters.get('to')),
  };
}

/** Writes the filter into an address, and leaves everything else that stands there. */
export function writeFilter(filter: GalleryFilter, search: string): string {
  const parameters = new URLSearchParams(search);
  for (const name of ['q', 'status', 'integration', 'from', 'to']) parameters.delete(name);
  if (filter.prompt !== '') parameters.set('q', filter.prompt);
  for (const status of filter.status) parameters.append('status', status);
  if (filter.integration !== undefined) parameters.set('integration', filter.integration);
  if (filter.from !== undefined) parameters.set('from', filter.from);
  if (filter.to !== undefined) parameters.set('to', filter.to);
  return parameters.toString();
}

/** The query of `GET /v1/calls` for a filter. */
export function toCallQuery({ prompt, status, integration, from, to }: GalleryFilter) {
  return {
    ...(prompt.trim() !== '' && { prompt: firstWords(prompt) }),
    ...(status.length > 0 && { status: [...status] }),
    ...(integration !== undefined && { integration }),
    ...(from !== undefined && { createdAfter: new Date(startOfDay(from).getTime() - 1).toISOString() }),
    ...(to !== undefined && { createdBefore: startOfDay(to, 1).toISOString() }),
  };
}

const [mostWords, mostCharacters] = [10, 200];

/** As much as the server looks for. */
function firstWords(prompt: string): string {
  return prompt.trim().split(/\s+/).slice(0, mostWords).join(' ').slice(0, mostCharacters).trim();
}

/** Whether a call that is new belongs to what is shown. */
export function matchesFilter(call: Call, { prompt, status, integration, from, to }: GalleryFilter): boolean {
  const createdAt = new Date(call.createdAt).getTime();
  return (
    (status.length === 0 || status.includes(call.status)) &&
    (integration === undefined || call.integration === integration) &&
    (from === undefined || createdAt >= startOfDay(from).getTime()) &&
    (to === undefined || createdAt < startOfDay(to, 1).getTime()) &&
    hasWords(String(call.input['prompt'] ?? ''), prompt)
  );
}

/** As the server searches: every word, or part of one, in any order and any case. */
function hasWords(text: string, wanted: string): boolean {
  const lower = text.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

export function isEverything(filter: GalleryFilter): boolean {
  return writeFilter(filter, '') === '';
}

function readDay(text: string | null): string | undefined {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  return Number.isNaN(startOfDay(text).getTime()) ? undefined : text;
}

/** Midnight where the viewer is, some days later. */
function startOfDay(day: string, daysLater = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater);
}

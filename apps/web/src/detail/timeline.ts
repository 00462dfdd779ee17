import type { CallEvent } from '@darkroom/contract';
import type { Tone } from '../calls/situation.ts';
import type { Words } from '../words/words.ts';

/** One line of a call's timeline. */
export interface TimelineEntry {
  sequence: number;
  at: string;
  tone: Tone;
  label: string;
  detail?: string;
  /** More of it in the server's own words. */
  reason?: string;
}

/** Tells a call's log in sentences. Reports of progress that follow each other are one line: the last. */
export function toTimeline(events: readonly CallEvent[], words: Words): TimelineEntry[] {
  return events
    .filter((event, index) => event.type !== 'call.progress' || events[index + 1]?.type !== 'call.progress')
    .map((event) => ({ sequence: event.sequence, at: event.createdAt, ...tell(event, words) }));
}

function tell({ type, data }: CallEvent, { calls: say }: Words): Omit<TimelineEntry, 'sequence' | 'at'> {
  const { events } = say;
  switch (type) {
    case 'call.submission_started':
      return { tone: 'busy', label: events[type](Number(data['attempt'])) };
    case 'call.submission_refused': {
      const seconds = data['retryInSeconds'];
      const why = failureTitle(data['error'], say);
      const detail = typeof seconds === 'number' ? `${why}; ${say.retryIn(Math.round(seconds))}` : why;
      return { tone: 'bad', label: events[type], detail };
    }
    case 'call.submission_unknown': {
      const isFoundOut = data['next'] === 'reconcile';
      return { tone: 'waiting', label: events[type][isFoundOut ? 'reconcile' : 'other'], ...reasonOf(data) };
    }
    case 'call.submission_reconciled': {
      const isKnown = data['outcome'] !== 'unknown';
      return { tone: 'waiting', label: events[type][isKnown ? 'known' : 'unknown'], ...reasonOf(data) };
    }
    case 'call.submitted':
      return { tone: 'busy', label: events[type], ...text(data['externalId']) };
    case 'call.progress':
      return { tone: 'busy', label: events[type], ...text(progressOf(data, say)) };
    case 'call.cancel_result': {
      const label = events[type];
      if (data['result'] !== 'cancelled') return { tone: 'waiting', label: label.not_possible, ...reasonOf(data) };
      return { tone: 'waiting', label: label.cancelled, detail: sayBilling(data, say) };
    }
    case 'call.completed':
      return { tone: 'good', label: events[type] };
    case 'call.failed':
      return { tone: 'bad', label: events[type], detail: failureTitle(data['error'], say) };
    case 'call.cancelled':
      return { tone: 'idle', label: events[type], detail: sayBilling(data, say) };
    default:
      return { tone: 'good', label: events[type] };
  }
}

function text(detail: unknown): { detail?: string } {
  return typeof detail === 'string' && detail !== '' ? { detail } : {};
}

function reasonOf({ reason }: Record<string, unknown>): { reason?: string } {
  return typeof reason === 'string' && reason !== '' ? { reason } : {};
}

function sayBilling({ billing }: Record<string, unknown>, say: Words['calls']): string {
  return billing === 'not_charged' ? say.notCharged : say.maybeCharged;
}

function failureTitle(error: unknown, say: Words['calls']): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'internal';
  return say.failures[code]?.[0] ?? code;
}

function progressOf(data: Record<string, unknown>, say: Words['calls']): string {
  const { percent, currentStep, waitingFor } = data;
  const waits = typeof waitingFor === 'string' ? say.waitingFor[waitingFor as keyof typeof say.waitingFor] : undefined;
  const step = typeof currentStep === 'string' ? (say.steps[currentStep] ?? currentStep) : undefined;
  const share = typeof percent === 'number' ? `${Math.round(percent)} %` : undefined;
  return [share, step, waits].filter((part) => part !== undefined).join(' · ');
}

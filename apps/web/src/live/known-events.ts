import type { Call, CallEvent } from '@darkroom/contract';
import { applyEvent } from './apply-event.ts';

const mostCalls = 2_000;
const mostOfOneCall = 40;
const ofStatus: readonly CallEvent['type'][] = ['call.processing', 'call.completed', 'call.failed', 'call.cancelled'];

/** Whether an event brings its call, once accepted, to another status: a batch counts its calls by that. */
export function changesStatus({ type }: Pick<CallEvent, 'type'>): boolean {
  return ofStatus.includes(type);
}

/**
 * What events have told of lately. An answer may be on its way while events of its call are pushed: what it shows is older, and nothing else
 * would bring it up to date.
 */
export class KnownEvents {
  private readonly events = new Map<string, CallEvent[]>();

  note(event: CallEvent): void {
    const known = this.events.get(event.callId) ?? [];
    if (known.some(({ callSequence }) => callSequence >= event.callSequence)) return;
    // The calls that were told of last are kept, so that each moves to the end.
    this.events.delete(event.callId);
    this.events.set(event.callId, [...known, event].slice(-mostOfOneCall));
    const [oldest] = this.events.keys();
    if (this.events.size > mostCalls && oldest !== undefined) this.events.delete(oldest);
  }

  /** The call as it was answered, with what is known to have happened since. */
  applyTo(call: Call): Call {
    return (this.events.get(call.id) ?? []).reduce(applyEvent, call);
  }

  /** The log of a call as it was answered, with what is known to follow. */
  continueLog(callId: string, log: readonly CallEvent[]): CallEvent[] {
    const last = log.at(-1)?.callSequence ?? 0;
    return [...log, ...(this.events.get(callId) ?? []).filter(({ callSequence }) => callSequence > last)];
  }
}

/** Those of this page. */
export const knownEvents = new KnownEvents();

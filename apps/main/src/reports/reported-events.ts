import type { ReportedEvent, StoredArtifact } from '@darkroom/contract';
import type { NewEvent } from '../calls/new-event.ts';

/** An event as it will be written. One that is `unlisted` changes the call and does not enter its log. */
export type ReportedChange = NewEvent & { unlisted?: boolean };

const progressEventsPerSecond = 2;

/**
 * What a report's events become in the call's log: where the artifacts' objects are is not told, and of progress no more than two
 * events a second are listed.
 */
export function toCallEvents(events: readonly ReportedEvent[], progressEventsInLastSecond: number): ReportedChange[] {
  let progressEvents = progressEventsInLastSecond;
  return events.map((event) => {
    if (event.type === 'call.completed') return { type: event.type, data: { output: event.data.output } };
    if (event.type !== 'call.progress') return event;
    progressEvents += 1;
    return { ...event, unlisted: progressEvents > progressEventsPerSecond };
  });
}

/** The artifacts that the events bring. */
export function artifactsIn(events: readonly ReportedEvent[]): StoredArtifact[] {
  return events.flatMap((event) => (event.type === 'call.completed' ? event.data.artifacts : []));
}

import type { Transaction } from 'kysely';
import type { SubmissionOutcome } from '@darkroom/contract';
import { CallTransitionError } from '../calls/call-state-machine.ts';
import type { NewEvent } from '../calls/new-event.ts';
import type { CallProjection } from '../calls/project-event.ts';
import type { Database } from '../database/schema.ts';
import { saysMore, submissionFact } from './outcome-after.ts';
import { tellsOfDoubt } from './tells-of-doubt.ts';

export interface RecordedOutcomes<Event> {
  /** Without those that tell of a submission what was known before. */
  events: Event[];
  columns: Partial<CallProjection>;
}

/**
 * Writes what events say of the call's submissions. A statement that was made before (a worker was lost after its report, and
 * the activity ran again) says nothing new and is left out.
 */
export async function recordOutcomes<Event extends NewEvent>(
  transaction: Transaction<Database>,
  callId: string,
  events: readonly Event[],
): Promise<RecordedOutcomes<Event>> {
  if (!events.some((event) => submissionFact(event) !== undefined)) return { events: [...events], columns: {} };
  const rows = await transaction
    .selectFrom('submissions')
    .select(['attempt', 'outcome'])
    .where('call_id', '=', callId)
    .execute();
  const outcomes = new Map(rows.map(({ attempt, outcome }) => [attempt, outcome]));

  const news: Event[] = [];
  for (const event of events) {
    const fact = submissionFact(event);
    if (fact !== undefined) {
      const known = outcomes.get(fact.attempt);
      if (known === undefined)
        throw new CallTransitionError(
          `Attempt ${fact.attempt} was never claimed: claim it before its outcome is reported.`,
        );
      if (!saysMore(known, fact.outcome)) {
        if (await tellsOfDoubt(transaction, callId, { event, known })) news.push(event);
        continue;
      }
      outcomes.set(fact.attempt, fact.outcome);
      await transaction
        .updateTable('submissions')
        .set({ outcome: fact.outcome, ...(fact.externalId === undefined ? {} : { external_id: fact.externalId }) })
        .where('call_id', '=', callId)
        .where('attempt', '=', fact.attempt)
        .execute();
    }
    news.push(event);
  }
  return { events: news, columns: countsOf([...outcomes.values()]) };
}

function countsOf(outcomes: readonly SubmissionOutcome[]): Partial<CallProjection> {
  const count = (wanted: SubmissionOutcome) => outcomes.filter((outcome) => outcome === wanted).length;
  return {
    submissions_accepted: count('accepted'),
    submissions_refused: count('refused'),
    submissions_unknown: count('unknown'),
  };
}

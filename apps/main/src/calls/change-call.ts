import type { Kysely, Transaction } from 'kysely';
import { callLogger, type Logger } from '@darkroom/platform-logging';
import type { Database } from '../database/schema.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { CallMetrics } from '../metrics/call-metrics.ts';
import { appendEvents, type CallEventDraft } from '../events/append-events.ts';
import { lockCall, type LockedCall } from './lock-call.ts';
import type { NewEvent } from './new-event.ts';
import { projectEvent, type CallProjection } from './project-event.ts';

/** What it takes to change a call and to tell everybody. */
export interface CallChanging {
  database: Kysely<Database>;
  eventBus: Pick<EventBus, 'published'>;
  metrics: CallMetrics;
  logger: Logger;
}

/** What a change does to a call, beside what `decide` wrote itself. */
export interface CallChange<Answer> {
  answer: Answer;
  /** In their order. One that is `unlisted` changes the call and does not enter its log. */
  events?: readonly (NewEvent & { unlisted?: boolean })[];
  /** Columns that no event tells. */
  columns?: Partial<CallProjection>;
}

/**
 * The only way in which an accepted call changes: locks it, asks `decide`, writes the projection and the events in the same
 * transaction, and tells of it after the commit. Answers undefined where there is no such call.
 */
export async function changeCall<Answer>(
  { database, eventBus, metrics, logger }: CallChanging,
  callId: string,
  decide: (call: LockedCall, transaction: Transaction<Database>) => Promise<CallChange<Answer>>,
): Promise<Answer | undefined> {
  const done = await database.transaction().execute(async (transaction) => {
    const call = await lockCall(transaction, callId);
    if (call === undefined) return undefined;
    const { answer, events = [], columns = {} } = await decide(call, transaction);
    const { after, listed } = project(call, events);
    const next = { ...after, ...columns };
    await saveProjection(transaction, call, { ...next, call_sequence: call.call_sequence + listed.length });
    const lastSequence = listed.length === 0 ? undefined : await appendEvents(transaction, call.account_id, listed);
    return { answer, call, next, listed, lastSequence };
  });
  if (done === undefined) return undefined;

  const { answer, call, next, listed, lastSequence } = done;
  if (lastSequence !== undefined) {
    eventBus.published(call.account_id, lastSequence);
    metrics.observe(call, next, listed);
    logEvents(callLogger(logger, { callId, workflowId: callId }), call, listed);
  }
  return answer;
}

function project(
  call: LockedCall,
  events: NonNullable<CallChange<unknown>['events']>,
): { after: CallProjection; listed: CallEventDraft[] } {
  let after: CallProjection = call;
  const listed: CallEventDraft[] = [];
  for (const event of events) {
    after = projectEvent(after, event, call.now);
    if (event.unlisted) continue;
    const callSequence = call.call_sequence + listed.length + 1;
    listed.push({
      callId: call.id,
      callSequence,
      type: event.type,
      status: after.status,
      externalId: after.external_id,
      data: event.data,
    });
  }
  return { after, listed };
}

async function saveProjection(
  transaction: Transaction<Database>,
  before: LockedCall,
  after: CallProjection & { call_sequence: number },
): Promise<void> {
  const changed = Object.entries(after).filter(([column, value]) => before[column as keyof LockedCall] !== value);
  const columns = changed.map(
    ([column, value]) => [column, jsonColumns.has(column) ? JSON.stringify(value) : value] as const,
  );
  if (columns.length === 0) return;
  await transaction.updateTable('calls').set(Object.fromEntries(columns)).where('id', '=', before.id).execute();
}

const jsonColumns: ReadonlySet<string> = new Set(['output', 'error', 'progress', 'cancel_result']);

function logEvents(logger: Logger, { integration, operation }: LockedCall, events: readonly CallEventDraft[]): void {
  for (const { type, status, data } of events) {
    const code = type === 'call.failed' ? { code: (data as { error: { code: string } }).error.code } : {};
    const level = type === 'call.failed' ? 'error' : 'info';
    logger[level]({ integration, operation, status, ...code }, type.replace('.', ' ').replaceAll('_', ' '));
  }
}

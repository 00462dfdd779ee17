import { isTerminal, type CallReport, type CallReportAnswer, type CallStatus } from '@darkroom/contract';
import { sql, type Transaction } from 'kysely';
import { changeCall, type CallChange, type CallChanging } from '../calls/change-call.ts';
import { statusAfter } from '../calls/call-state-machine.ts';
import type { LockedCall } from '../calls/lock-call.ts';
import type { CallProjection } from '../calls/project-event.ts';
import type { Database } from '../database/schema.ts';
import { storableText } from '../database/storable-text.ts';
import { hasNothingOutstanding } from '../submissions/nothing-outstanding.ts';
import { recordOutcomes } from '../submissions/record-outcomes.ts';
import { artifactsIn, toCallEvents, type ReportedChange } from './reported-events.ts';
import { withCancelResult } from './with-cancel-result.ts';
import { insertArtifacts } from './insert-artifacts.ts';

/**
 * Applies what a workflow tells of its call: all of it or, where the call has ended, nothing but late artifacts and what became of
 * its submissions, so that a payment is counted whenever it is learned of. A report that was seen gets the answer of the first time. Answers undefined where there is no such call; throws a CallTransitionError where the
 * call's status or its claims do not allow what is reported.
 */
export function applyReport(
  changing: CallChanging,
  callId: string,
  received: CallReport,
): Promise<CallReportAnswer | undefined> {
  const report = storableText(received);
  return changeCall(changing, callId, async (call, transaction) => {
    const earlier = await findAnswer(transaction, callId, report.reportId);
    if (earlier !== undefined) return { answer: earlier };
    const change = isTerminal(call.status)
      ? await afterTheEnd(transaction, call, report)
      : await whileOpen(transaction, call, report);
    await saveAnswer(transaction, { callId, reportId: report.reportId, answer: change.answer });
    return change;
  });
}

async function afterTheEnd(
  transaction: Transaction<Database>,
  call: LockedCall,
  report: CallReport,
): Promise<CallChange<CallReportAnswer>> {
  const artifacts = [...artifactsIn(report.events), ...(report.lateArtifacts ?? [])];
  const added = await insertArtifacts(transaction, call, { artifacts, late: true });
  const { columns } = await recordOutcomes(transaction, call.id, toCallEvents(report.events, 0));
  return {
    answer: { applied: false, status: call.status },
    // A submission whose outcome was learned only now changes the call too: the mark gives it another ETag.
    columns: { ...columns, has_late_artifacts: call.has_late_artifacts || added > 0 || differs(call, columns) },
  };
}

function differs(call: LockedCall, columns: Partial<CallProjection>): boolean {
  return Object.entries(columns).some(([column, value]) => call[column as keyof CallProjection] !== value);
}

async function whileOpen(
  transaction: Transaction<Database>,
  call: LockedCall,
  report: CallReport,
): Promise<CallChange<CallReportAnswer>> {
  const reported = toCallEvents(report.events, await progressEventsInLastSecond(transaction, call.id, report));
  const { events: news, columns } = await recordOutcomes(transaction, call.id, reported);
  const told = [...news, ...endOfRefused({ ...call, ...columns }, news)];
  const events = [...startOf(call, report), ...(await withCancelResult(transaction, call, told))];
  const status = events.reduce<CallStatus>((current, { type }) => statusAfter(current, type), call.status);
  await insertArtifacts(transaction, call, { artifacts: artifactsIn(report.events), late: false });
  const late = await insertArtifacts(transaction, call, { artifacts: report.lateArtifacts ?? [], late: true });
  return {
    answer: { applied: true, status },
    events,
    columns: { ...columns, has_late_artifacts: call.has_late_artifacts || late > 0 },
  };
}

function startOf(call: LockedCall, { workflowId, runId }: CallReport): ReportedChange[] {
  return call.status === 'pending' ? [{ type: 'call.processing', data: { workflowId, runId } }] : [];
}

/**
 * A cancel that was requested ends the call as soon as the provider itself has refused everything: the wait for the next submission would be
 * for nothing. What a list did not show may still call back, so there the next claim decides.
 */
function endOfRefused(call: LockedCall, news: readonly ReportedChange[]): ReportedChange[] {
  const isRefused = news.at(-1)?.type === 'call.submission_refused';
  if (!isRefused || call.cancel_requested_at === null || !hasNothingOutstanding(call)) return [];
  return [{ type: 'call.cancelled', data: { billing: 'not_charged' } }];
}

async function progressEventsInLastSecond(
  transaction: Transaction<Database>,
  callId: string,
  report: CallReport,
): Promise<number> {
  if (!report.events.some(({ type }) => type === 'call.progress')) return 0;
  const { count } = await transaction
    .selectFrom('events')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('call_id', '=', callId)
    .where('type', '=', 'call.progress')
    .where('created_at', '>', sql<Date>`clock_timestamp() - interval '1 second'`)
    .executeTakeFirstOrThrow();
  return count;
}

async function findAnswer(
  transaction: Transaction<Database>,
  callId: string,
  reportId: string,
): Promise<CallReportAnswer | undefined> {
  const row = await transaction
    .selectFrom('reports')
    .select('answer')
    .where('call_id', '=', callId)
    .where('report_id', '=', reportId)
    .executeTakeFirst();
  return row?.answer as CallReportAnswer | undefined;
}

async function saveAnswer(
  transaction: Transaction<Database>,
  { callId, reportId, answer }: { callId: string; reportId: string; answer: CallReportAnswer },
): Promise<void> {
  await transaction
    .insertInto('reports')
    .values({ call_id: callId, report_id: reportId, answer: JSON.stringify(answer) })
    .execute();
}

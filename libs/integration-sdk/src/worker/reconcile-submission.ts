import { type CallEventData, failure, isTerminal, type ReportedEvent } from '@darkroom/contract';
import type { ReconcileInput, ReconcileResult, UnclearSubmission } from '../call/poll-activity.schema.ts';
import { backoffSeconds, mayTryAgain, outcomeUnknown } from '../call/what-follows.ts';
import { toCallReport } from './call-report.ts';
import type { CallWork } from './call-work.ts';
import { deliverReport } from './deliver-report.ts';
import { askUntilKnown, endCall, endFruitless } from './end-call.ts';
import type { AnyPollHandler } from './poll-work.ts';
import { proveAbsence } from './prove-absence.ts';

interface Reconciling {
  submission: UnclearSubmission;
  by: ReconcileInput['by'];
  listing: AnyPollHandler['listing'];
  windowSeconds: number;
}

/** Finds out what became of a submission that got no answer, by proof only, and reports it. */
export async function reconcileSubmission(work: CallWork, given: Reconciling): Promise<ReconcileResult> {
  const { submission, by, listing } = given;
  const recorded = await findRecorded(work, submission);
  if (isSettled(recorded)) return recorded;

  if (by.way === 'by_callback') {
    const reason = 'The provider called back with the token of this submission.';
    const { externalId } = by;
    const report = toReconciled(work, { outcome: 'accepted', reason, externalId });
    const delivered = await deliverReport(work, report);
    return { ...asSubmitted(submission, externalId), ...(!delivered && { unreported: report }) };
  }
  if (recorded?.outcome === 'refused') return followRefused(work, submission);
  if (by.way === 'give_up') return giveUp(work, submission, by);
  if (!listing) throw new Error('The provider lists no tasks.');
  const absence = await proveAbsence(work, { ...given, listing });
  if (absence.kind === 'unproven') {
    const { reason, candidates } = absence;
    return { status: 'unproven', reason, candidates };
  }
  // Its own task, where it was proven meanwhile, is one that somebody has claimed.
  const now = await findRecorded(work, submission);
  if (isSettled(now)) return now;
  const reason = "The provider's list shows no task of that time which is not somebody else's: it took nothing.";
  return followRefused(work, submission, { outcome: 'refused', reason });
}

type KnownSubmission = NonNullable<Awaited<ReturnType<typeof askUntilKnown>>>['submissions'][number];
type Settled = Extract<ReconcileResult, { status: 'stopped' | 'submitted' }>;

/** What `main` knows of it by now: the result, where there is nothing to find out any more. */
async function findRecorded(
  work: CallWork,
  submission: UnclearSubmission,
): Promise<Settled | KnownSubmission | undefined> {
  const known = await askUntilKnown(work);
  if (!known) return { status: 'stopped', reason: 'unknown_call' };
  if (isTerminal(known.status)) return { status: 'stopped', reason: 'ended' };
  const recorded = known.submissions.find(({ attempt }) => attempt === submission.attempt);
  // A lost worker's answer was found on its disk meanwhile, or the provider called back.
  if (recorded?.outcome === 'accepted' && recorded.externalId !== undefined)
    return asSubmitted(submission, recorded.externalId);
  return recorded;
}

function isSettled(recorded: Settled | KnownSubmission | undefined): recorded is Settled {
  return recorded !== undefined && 'status' in recorded;
}

function asSubmitted(
  { attempt, credentialId, claimedAt, deadlineAt }: UnclearSubmission,
  externalId: string,
): Extract<ReconcileResult, { status: 'submitted' }> {
  return { status: 'submitted', task: { attempt, externalId, credentialId, submittedAt: claimedAt, deadlineAt } };
}

/** `finding` is what `main` does not know yet. */
async function followRefused(
  work: CallWork,
  { deadlineAt }: UnclearSubmission,
  finding?: Finding,
): Promise<ReconcileResult> {
  const next = await tryAgain(work, deadlineAt, finding);
  if (next) return next;
  const error = failure('provider_unavailable', 'The provider took no submission in the time and tries that it had.');
  const events: ReportedEvent[] = [
    ...(finding ? [reconciled(work, finding)] : []),
    { type: 'call.failed', data: { error } },
  ];
  return asReconciled(await endFruitless(work, { kind: 'refused', error, retry: false }, events));
}

async function giveUp(
  work: CallWork,
  { deadlineAt, reason }: UnclearSubmission,
  found: { reason: string; candidates: string[] },
): Promise<ReconcileResult> {
  const { candidates } = found;
  const unknown = { outcome: 'unknown' as const, reason: found.reason, ...(candidates.length > 0 && { candidates }) };
  if (work.call.limits.whenOutcomeUnknown === 'resubmit') {
    const next = await tryAgain(work, deadlineAt, unknown);
    if (next) return next;
  }
  return endCall(work, [reconciled(work, unknown), { type: 'call.failed', data: { error: outcomeUnknown(reason) } }]);
}

type Finding = Omit<CallEventData<'call.submission_reconciled'>, 'attempt'>;

async function tryAgain(
  work: CallWork,
  deadlineAt: string,
  finding: Finding | undefined,
): Promise<ReconcileResult | undefined> {
  const { attempt, sentBefore, call, context } = work;
  const afterSeconds = backoffSeconds(attempt);
  const given = { sentBefore, limits: call.limits, afterSeconds, deadlineAt: new Date(deadlineAt), now: context.now() };
  if (!mayTryAgain(given)) return undefined;
  const next = { status: 'retry', sent: true, afterSeconds, deadlineAt } as const;
  if (!finding) return next;
  const report = toReconciled(work, finding);
  const delivered = await deliverReport(work, report);
  return { ...next, ...(!delivered && { unreported: report }) };
}

function reconciled({ attempt }: CallWork, finding: Finding): ReportedEvent {
  return { type: 'call.submission_reconciled', data: { attempt, ...finding } };
}

function toReconciled(work: CallWork, finding: Finding) {
  return toCallReport(work, { events: [reconciled(work, finding)] });
}

function asReconciled(result: Awaited<ReturnType<typeof endFruitless>>): ReconcileResult {
  if (result.status === 'waiting') throw new Error('The end of a call waits for nothing.');
  return result;
}

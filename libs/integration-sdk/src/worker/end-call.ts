import {
  failure,
  type CallReport,
  type Failure,
  type FailureCode,
  type KnownCall,
  type ReportedEvent,
} from '@darkroom/contract';
import type { EndedResult, FruitlessResult } from '../call/call-activity.schema.ts';
import { type FruitlessOutcome, outcomeUnknown, whatFollows } from '../call/what-follows.ts';
import { toCallReport } from './call-report.ts';
import type { CallWork } from './call-work.ts';
import { deliverReport } from './deliver-report.ts';
import { messageOf } from './error-message.ts';
import { untilAnswered } from './until-answered.ts';

/** Reports the events that end the call. */
export async function endCall(work: CallWork, events: ReportedEvent[]): Promise<EndedResult> {
  const report: CallReport = toCallReport(work, { events });
  return { status: 'ended', report, reported: await deliverReport(work, report) };
}

/** Ends a call for which this attempt sent nothing. */
export function failCall(work: CallWork, error: Failure): Promise<EndedResult> {
  return endCall(work, [{ type: 'call.failed', data: { error } }]);
}

/** Reports a submission that brought no result, and what follows it. */
export async function followFruitless(
  work: CallWork,
  outcome: FruitlessOutcome,
  deadlineAt: Date,
): Promise<FruitlessResult> {
  const { call, attempt, context } = work;
  const follows = whatFollows({
    outcome,
    attempt,
    sentBefore: work.sentBefore,
    limits: call.limits,
    deadlineAt,
    now: context.now(),
  });
  work.logger.info({ attempt, outcome: outcome.kind, next: follows.kind }, 'the submission brought no result');
  if (follows.kind === 'end') return endFruitless(work, outcome, follows.events);

  const report = toCallReport(work, { events: follows.events });
  const delivered = await deliverReport(work, report);
  return {
    status: 'retry',
    sent: outcome.kind !== 'unreachable',
    afterSeconds: follows.afterSeconds,
    deadlineAt: deadlineAt.toISOString(),
    ...(!delivered && { unreported: report }),
  };
}

/** A refusal says nothing of the submissions before it: while one of them is in doubt, so is the call. */
export async function endFruitless(
  work: CallWork,
  outcome: FruitlessOutcome,
  events: ReportedEvent[],
): Promise<FruitlessResult> {
  if (outcome.kind === 'unknown' || work.attempt === 1) return endCall(work, events);
  const known = await askUntilKnown(work);
  if (!known) return { status: 'stopped', reason: 'unknown_call' };
  if (!isInDoubt(known, work.attempt)) return endCall(work, events);
  const error = outcomeUnknown(
    `an earlier submission got no answer; the last one was refused: ${outcome.error.message}`,
  );
  return endCall(work, [...events.slice(0, -1), { type: 'call.failed', data: { error } }]);
}

/** Whether nobody can know what became of a submission, leaving out one of which it is known here. */
function isInDoubt({ submissions }: KnownCall, knownAttempt?: number): boolean {
  return submissions.some(
    ({ attempt, outcome }) => attempt !== knownAttempt && (outcome === 'unknown' || outcome === 'in_flight'),
  );
}

/** Ends a call because its time is over before this attempt was claimed: unless an earlier attempt is in doubt, nothing is. */
export async function endOutOfTime(work: CallWork, code: FailureCode, message: string): Promise<FruitlessResult> {
  const known = await askUntilKnown(work);
  if (!known) return { status: 'stopped', reason: 'unknown_call' };
  return failCall(
    work,
    isInDoubt(known)
      ? outcomeUnknown('an earlier submission got no answer, and the time for another one is over.')
      : failure(code, message),
  );
}

/** Asks `main` what it knows of the call, until it answers or the worker stops. */
export function askUntilKnown({ context, call, logger }: CallWork): Promise<KnownCall | undefined> {
  return untilAnswered(
    () => context.main.getCall(call.callId),
    (error) => logger.warn({ reason: messageOf(error) }, 'main does not answer; asking again'),
    context.stopping,
  );
}

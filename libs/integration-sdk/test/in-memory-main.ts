import {
  type CallReport,
  type CallReportAnswer,
  type CallStatus,
  callReportSchema,
  type CallWorkflowInput,
  type ClaimDecision,
  isTerminal,
  type ReportedEvent,
  type StoredArtifact,
  type SubmissionClaim,
  submissionClaimSchema,
  type SubmissionOutcome,
} from '@darkroom/contract';
import type { MainClient, SpoolAddress } from '../src/worker/index.ts';

/** What `main` keeps of a call. */
export interface KeptCall {
  input: CallWorkflowInput;
  status: CallStatus;
  deadlineAt?: Date;
  submissions: {
    attempt: number;
    outcome: SubmissionOutcome;
    claimToken: string;
    seenAt: number;
    credentialId: string;
    claimedAt: string;
    externalId?: string;
  }[];
  cancelRequested: boolean;
  events: ReportedEvent[];
  reports: Map<string, CallReportAnswer>;
  artifacts: StoredArtifact[];
  lateArtifacts: StoredArtifact[];
  spool: Map<number, Uint8Array>;
}

/** The rules of `main` towards workers, in memory: what activities are tested against. */
export interface InMemoryMain extends MainClient {
  accept(input: CallWorkflowInput): void;
  call(callId: string): KeptCall;
  /** While it is away, every question fails. */
  away: boolean;
  /** How often it was asked something, also while it was away. */
  asked: number;
  spoolIsFull: boolean;
  /** As if the call's executions had said for so much longer that they are alive. */
  letPass(callId: string, seconds: number): void;
  lastSeenSecondsAgo(callId: string, attempt: number): number;
}

export function createInMemoryMain(): InMemoryMain {
  const calls = new Map<string, KeptCall>();
  const answering = async <Answer>(answer: () => Answer): Promise<Answer> => {
    await Promise.resolve();
    main.asked += 1;
    if (main.away) throw new Error('main is away');
    return answer();
  };
  const call = (callId: string): KeptCall => {
    const found = calls.get(callId);
    if (!found) throw new Error(`The test accepted no call ${callId}.`);
    return found;
  };

  const main: InMemoryMain = {
    away: false,
    asked: 0,
    spoolIsFull: false,
    call,
    letPass(callId, seconds) {
      for (const submission of call(callId).submissions) submission.seenAt -= seconds * 1000;
    },
    lastSeenSecondsAgo: (callId, attempt) =>
      secondsSince(call(callId).submissions.find((submission) => submission.attempt === attempt)?.seenAt),
    accept(input) {
      calls.set(input.callId, {
        input,
        status: 'pending',
        submissions: [],
        cancelRequested: false,
        events: [],
        reports: new Map(),
        artifacts: [],
        lateArtifacts: [],
        spool: new Map(),
      });
    },
    getCall: (callId) =>
      answering(() => {
        const found = calls.get(callId);
        if (!found) return undefined;
        const { input, status, submissions, cancelRequested } = found;
        return { ...input, status, submissions, cancelRequested };
      }),
    claim: (callId, claim) =>
      answering(() => (calls.has(callId) ? decide(call(callId), submissionClaimSchema.parse(claim), main) : undefined)),
    report: (callId, report) =>
      answering(() => (calls.has(callId) ? apply(call(callId), callReportSchema.parse(report)) : undefined)),
    putSpool: ({ callId, attempt }: SpoolAddress, bytes) =>
      answering(() => {
        if (main.spoolIsFull) throw new Error('507');
        if (!call(callId).spool.has(attempt)) call(callId).spool.set(attempt, bytes);
      }),
    getSpool: ({ callId, attempt }) => answering(() => call(callId).spool.get(attempt)),
    deleteSpool: ({ callId, attempt }) => answering(() => void call(callId).spool.delete(attempt)),
    findArtifact: () => answering(() => ({ objectKey: null })),
    claimedExternalIds: ({ externalIds }) =>
      answering(() => {
        const known = [...calls.values()].flatMap(({ submissions }) => submissions.map(({ externalId }) => externalId));
        return { claimed: externalIds.filter((id) => known.includes(id)) };
      }),
    listEndedSpool: () =>
      answering(() => ({
        items: [...calls.values()]
          .filter(({ status }) => isTerminal(status))
          .flatMap(({ input: { callId, integration }, spool }) =>
            [...spool.keys()].map((attempt) => ({ callId, attempt, integration })),
          ),
      })),
  };
  return main;
}

function decide(
  call: KeptCall,
  { attempt, claimToken, credentialId }: SubmissionClaim,
  { spoolIsFull }: { spoolIsFull: boolean },
): ClaimDecision {
  if (isTerminal(call.status)) return { decision: 'stop', reason: 'ended' };
  const existing = call.submissions.find((submission) => submission.attempt === attempt);
  const deadline = call.deadlineAt ?? new Date(Date.now() + call.input.limits.deadlineSeconds * 1000);
  const deadlineAt = deadline.toISOString();
  if (existing?.claimToken === claimToken && existing.outcome === 'in_flight') {
    existing.seenAt = Date.now();
    return { decision: 'proceed', deadlineAt };
  }
  if (existing) {
    const { outcome, seenAt, claimedAt, externalId } = existing;
    const lastSeenSecondsAgo = secondsSince(seenAt);
    return {
      decision: 'already_claimed',
      deadlineAt,
      outcome,
      ...(externalId !== undefined && { externalId }),
      credentialId: existing.credentialId,
      claimedAt,
      spooled: call.spool.has(attempt),
      lastSeenSecondsAgo,
    };
  }
  if (call.cancelRequested) return endByCancel(call);
  if (Date.now() > deadline.getTime()) return { decision: 'stop', reason: 'deadline_passed' };
  if (spoolIsFull) return { decision: 'wait', reason: 'spool_full', retryAfterSeconds: 0.05 };
  call.deadlineAt = deadline;
  call.status = 'processing';
  const now = new Date();
  const claimed = { attempt, claimToken, credentialId, claimedAt: now.toISOString(), seenAt: now.getTime() };
  call.submissions.push({ ...claimed, outcome: 'in_flight' });
  return { decision: 'proceed', deadlineAt };
}

function endByCancel(call: KeptCall): ClaimDecision {
  applyEvent(call, { type: 'call.cancelled', data: { billing: 'not_charged' } });
  return { decision: 'stop', reason: 'ended' };
}

function secondsSince(time: number | undefined): number {
  return (Date.now() - (time ?? 0)) / 1000;
}

function apply(call: KeptCall, { reportId, events, lateArtifacts = [] }: CallReport): CallReportAnswer {
  const earlier = call.reports.get(reportId);
  if (earlier) return earlier;
  const applied = !isTerminal(call.status);
  if (applied) {
    for (const event of events) applyEvent(call, event);
  } else {
    const arrived = [
      ...lateArtifacts,
      ...events.flatMap((event) => (event.type === 'call.completed' ? event.data.artifacts : [])),
    ];
    const isNew = ({ artifactId }: StoredArtifact) =>
      ![...call.artifacts, ...call.lateArtifacts].some((known) => known.artifactId === artifactId);
    call.lateArtifacts.push(...arrived.filter(isNew));
    for (const { type, data } of events) {
      if (type === 'call.submitted' || type === 'call.submission_reconciled') settle(call, data.attempt, 'accepted');
    }
  }
  const answer = { applied, status: call.status };
  call.reports.set(reportId, answer);
  return answer;
}

function applyEvent(call: KeptCall, event: ReportedEvent): void {
  if (isTerminal(call.status)) throw new Error(`${event.type} after the end`);
  call.events.push(event);
  switch (event.type) {
    case 'call.submission_refused':
      return settle(call, event.data.attempt, 'refused');
    case 'call.submission_unknown':
      return settle(call, event.data.attempt, 'unknown');
    case 'call.submission_reconciled':
      if (event.data.outcome === 'unknown') return;
      return settle(call, event.data.attempt, event.data.outcome, event.data.externalId);
    case 'call.submitted':
      return settle(call, event.data.attempt, 'accepted', event.data.externalId);
    case 'call.completed':
      call.artifacts.push(...event.data.artifacts);
      call.status = 'completed';
      return;
    case 'call.failed':
      call.status = 'failed';
      return;
    case 'call.cancelled':
      call.status = 'cancelled';
      return;
    case 'call.progress':
    case 'call.cancel_result':
      return;
  }
}

function settle(call: KeptCall, attempt: number, outcome: SubmissionOutcome, externalId?: string): void {
  const submission = call.submissions.find((one) => one.attempt === attempt);
  if (!submission) throw new Error(`Attempt ${attempt} was never claimed.`);
  submission.outcome = outcome;
  if (externalId !== undefined) submission.externalId = externalId;
}

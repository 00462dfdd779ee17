import type { ClaimDecision } from '@darkroom/contract';
import { classifyNoAnswer } from '../call/classify-answer.ts';
import type { FruitlessResult, SubmitInput } from '../call/call-activity.schema.ts';
import { askProvider } from './ask-provider.ts';
import { createStorageWait } from './await-storage.ts';
import type { ProviderRequest } from './call-handler.ts';
import { carriesCallback, mayHaveCarriedCallback } from './carries-callback.ts';
import { type CallWork, originOf, spoolAddressOf } from './call-work.ts';
import { followClaim, toClaim, tryToClaim } from './claim-attempt.ts';
import { askUntilKnown, endOutOfTime, failCall } from './end-call.ts';
import { messageOf } from './error-message.ts';
import { keepAnswer, sha256Of } from './keep-answer.ts';
import { pause } from './pause.ts';
import { prepareRequest } from './prepare-request.ts';
import type { AnswerToSettle } from './settle-answer.ts';
import type { SentSubmission, SubmissionFollowUp } from './submission-follow-up.ts';
import { WorkerStopping } from './until-answered.ts';
import { decodeSpooledAnswer, encodeSpooledAnswer, type SpooledAnswer } from './spool-container.ts';

/** A paid answer that is safe on the disk, or in memory where the disk failed. */
export interface ObtainedAnswer extends AnswerToSettle, SentSubmission {
  status: 'answered';
}

type Obtained<Result> = Promise<ObtainedAnswer | FruitlessResult | Result>;

const storagePauseSeconds = 3;
const firstClaimPauseMs = 200;
const longestClaimPauseMs = 10_000;

/**
 * Gets the answer of one attempt: from this machine's disk where an earlier execution left it, otherwise by claiming the
 * attempt and making the paid request.
 */
export async function obtainAnswer<Result>(
  work: CallWork,
  input: SubmitInput,
  followUp: SubmissionFollowUp<Result>,
): Obtained<Result> {
  const leftBehind = await readLeftBehind(work);
  if (leftBehind) return takeLeftBehind(work, leftBehind, followUp);
  if (input.again && (await wasClaimed(work))) return followOther(work, followUp);
  return claimAndAsk(work, input, followUp);
}

async function readLeftBehind(work: CallWork): Promise<SpooledAnswer | undefined> {
  try {
    const bytes = await work.context.localSpool.read(spoolAddressOf(work));
    return bytes && decodeSpooledAnswer(bytes);
  } catch (error) {
    work.logger.error(
      { attempt: work.attempt, reason: messageOf(error) },
      'the spooled answer on the disk cannot be read',
    );
    return undefined;
  }
}

async function takeLeftBehind<Result>(
  work: CallWork,
  answer: SpooledAnswer,
  followUp: SubmissionFollowUp<Result>,
): Obtained<Result> {
  work.logger.info({ attempt: work.attempt }, 'found the answer of an earlier execution on the disk');
  const decision = await followClaim(work);
  if (!decision) return { status: 'stopped', reason: 'unknown_call' };
  if (decision.decision === 'stop' && decision.reason === 'ended') {
    await followUp.late(work, answer);
    return { status: 'stopped', reason: 'ended' };
  }
  const claimed = decision.decision === 'already_claimed' ? decision : undefined;
  return {
    status: 'answered',
    answer,
    claimedAt: claimed ? new Date(claimed.claimedAt) : work.context.now(),
    deadlineAt: claimed ? new Date(claimed.deadlineAt) : work.context.now(),
    credentialId: claimed?.credentialId ?? work.context.credentialId,
    carriedCallback: mayHaveCarriedCallback(work),
    knownOutcome: claimed?.outcome ?? 'in_flight',
    mainSpoolSha256: sha256Of(encodeSpooledAnswer(answer)),
  };
}

async function wasClaimed(work: CallWork): Promise<boolean> {
  const known = await askUntilKnown(work);
  return known?.submissions.some(({ attempt }) => attempt === work.attempt) ?? false;
}

async function followOther<Result>(
  work: CallWork,
  followUp: SubmissionFollowUp<Result>,
): Promise<FruitlessResult | Result> {
  const decision = await followClaim(work, work.context.stopping);
  if (decision?.decision === 'proceed')
    throw new Error(`main granted attempt ${work.attempt} anew, which it had called claimed. Nothing was sent.`);
  return followDecision(work, decision, followUp);
}

async function claimAndAsk<Result>(
  work: CallWork,
  input: SubmitInput,
  followUp: SubmissionFollowUp<Result>,
): Obtained<Result> {
  const { context, call } = work;
  const waitUntil = input.deadlineAt
    ? new Date(input.deadlineAt)
    : new Date(Date.parse(input.call.acceptedAt) + call.limits.maxQueueSeconds * 1000);
  const claim = toClaim(work);
  const storageWait = createStorageWait(work);
  let request: ProviderRequest | undefined;
  let claimPauseMs = 0;

  // Every round looks at storage anew, also where only the claim had no answer: it may be granted after minutes.
  for (;;) {
    const fault = await context.storageHealth.findFault();
    // A claim whose answer was lost, or one from before an operator's reset, is followed and not ended.
    if (context.now() >= waitUntil && !(await wasClaimed(work))) return endUnclaimed(work, fault);
    if (fault !== undefined) {
      // Images are not held in memory while nothing happens, unless they belong to a claim that may have been granted.
      if (claimPauseMs === 0) request = undefined;
      const handedBack = await storageWait.pauseFor(storagePauseSeconds, fault);
      if (handedBack) return handedBack;
      continue;
    }

    if (context.stopping.aborted) throw new WorkerStopping();

    if (!request) {
      const prepared = await prepareRequest(work);
      if (prepared.kind === 'storage_away') {
        const handedBack = await storageWait.pauseFor(storagePauseSeconds, prepared.reason);
        if (handedBack) return handedBack;
        continue;
      }
      if (prepared.kind === 'impossible')
        return (await wasClaimed(work)) ? followOther(work, followUp) : failCall(work, prepared.error);
      ({ request } = prepared);
      // Fetching images may have taken long: the worker may stop by now, and what was known of storage is old.
      continue;
    }

    const reply = await tryToClaim(work, claim);
    if (reply.kind === 'no_answer') {
      claimPauseMs = Math.min(longestClaimPauseMs, claimPauseMs * 2 || firstClaimPauseMs);
      await pause(claimPauseMs, context.stopping);
      continue;
    }
    const { decision } = reply;
    if (decision?.decision === 'proceed') {
      work.claimHold.hold(claim);
      return ask(work, { request, deadlineAt: new Date(decision.deadlineAt) }, followUp);
    }
    if (decision?.decision !== 'wait') return followDecision(work, decision, followUp);
    const handedBack = await storageWait.pauseFor(decision.retryAfterSeconds, 'the spool of main is full');
    if (handedBack) return handedBack;
  }
}

function endUnclaimed(work: CallWork, storageFault: string | undefined): Promise<FruitlessResult> {
  if (storageFault === undefined) {
    return endOutOfTime(
      work,
      'timed_out',
      'The call waited longer than its operation allows before it could be submitted. Nothing was paid; make it again.',
    );
  }
  return endOutOfTime(
    work,
    'storage_unavailable',
    `Storage took no write in the time that the call may wait: ${storageFault} Nothing was paid; make it again.`,
  );
}

/** What follows a claim that does not allow the request. */
async function followDecision<Result>(
  work: CallWork,
  decision: Exclude<ClaimDecision, { decision: 'proceed' }> | undefined,
  followUp: SubmissionFollowUp<Result>,
): Promise<FruitlessResult | Result> {
  if (!decision) return { status: 'stopped', reason: 'unknown_call' };
  if (decision.decision === 'already_claimed') return followUp.lost(work, decision);
  if (decision.decision === 'wait')
    return { status: 'waiting', for: 'storage', afterSeconds: decision.retryAfterSeconds };
  if (decision.reason !== 'deadline_passed') return { status: 'stopped', reason: decision.reason };
  return endOutOfTime(
    work,
    'timed_out',
    "The operation's deadline passed before the provider took a submission. Make the call again.",
  );
}

async function ask<Result>(
  work: CallWork,
  { request, deadlineAt }: { request: ProviderRequest; deadlineAt: Date },
  followUp: SubmissionFollowUp<Result>,
): Promise<ObtainedAnswer | Result> {
  const { context } = work;
  const sent: SentSubmission = {
    claimedAt: context.now(),
    deadlineAt,
    credentialId: context.credentialId,
    carriedCallback: carriesCallback(work, request),
  };
  const reply = await askProvider(work, request, deadlineAt);
  if (reply.kind === 'answer_too_large') return followUp.tooLarge(work, reply.reason, sent);
  if (reply.kind !== 'answered') return followUp.fruitless(work, classifyNoAnswer(reply), sent);
  const { holds } = followUp;
  const answer: SpooledAnswer = {
    origin: originOf(work),
    ...(holds && { holds }),
    response: reply.response,
    parts: [],
  };
  await keepAnswer(work, answer);
  return { ...sent, status: 'answered', answer, knownOutcome: 'in_flight' };
}

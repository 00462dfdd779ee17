import { artifactFactsSchema, type ReportedEvent, type SubmissionOutcome } from '@darkroom/contract';
import { classifyIntermediary } from '../call/classify-answer.ts';
import type { CallActivityResult } from '../call/call-activity.schema.ts';
import { backoffSeconds } from '../call/what-follows.ts';
import type { ProviderOutcome } from './call-handler.ts';
import type { CallWork } from './call-work.ts';
import { endCall, followFruitless } from './end-call.ts';
import { letGoOfAnswer } from './keep-answer.ts';
import { resultBytes } from './result-bytes.ts';
import type { SpooledAnswer } from './spool-container.ts';
import { storeResults } from './store-results.ts';

/** An answer, and what is known of it. */
export interface AnswerToSettle {
  answer: SpooledAnswer;
  deadlineAt: Date;
  /** What `main` knows of the submission so far. */
  knownOutcome: SubmissionOutcome;
  /** The hash of the copy that the spool of `main` may hold. */
  mainSpoolSha256?: string | undefined;
}

/**
 * Reads the answer, stores what it brought and reports. Safe to repeat at any point: the same results get the same keys and
 * ids. Fails where the results could not be stored now; the answer is then still where it was.
 */
export async function settleAnswer(work: CallWork, given: AnswerToSettle): Promise<CallActivityResult> {
  const { result, isWhole = true } = await settle(work, given);
  if (isKnownToMain(result)) await letGoOfAnswer(work, { ...given, wasOfUse: isWhole && madeUseOf(result) });
  return result;
}

interface Settled {
  result: CallActivityResult;
  /** False where a result of the answer was not stored: the answer holds all there is of it. */
  isWhole?: boolean;
}

async function settle(work: CallWork, { answer, deadlineAt, knownOutcome }: AnswerToSettle): Promise<Settled> {
  const end = async (events: ReportedEvent[]) => ({ result: await endCall(work, events) });
  const outcome = readAnswer(work, answer);
  switch (outcome.kind) {
    case 'refused':
    case 'unknown':
      if (knownOutcome === 'refused' || knownOutcome === 'unknown') {
        const afterSeconds = backoffSeconds(work.attempt);
        return { result: { status: 'retry', sent: true, afterSeconds, deadlineAt: deadlineAt.toISOString() } };
      }
      return { result: await followFruitless(work, outcome, deadlineAt) };
    case 'failed':
      return end([
        ...takenEvents(work, knownOutcome, outcome),
        { type: 'call.failed', data: { error: outcome.error } },
      ]);
    case 'accepted': {
      const taken = takenEvents(work, knownOutcome, outcome);
      const stored = await storeResults(work, outcome.results, (result) => resultBytes(work, answer, result));
      if (stored.kind === 'worthless') return end([...taken, { type: 'call.failed', data: { error: stored.error } }]);
      const { artifacts, isWhole } = stored;
      const output = work.operation.output.parse(
        work.handler.toOutput({
          artifacts: artifacts.map((artifact) => artifactFactsSchema.parse(artifact)),
          details: outcome.details ?? {},
        }),
      );
      return { ...(await end([...taken, { type: 'call.completed', data: { output, artifacts } }])), isWhole };
    }
  }
}

/** What the answer means: what comes from between us and the provider first, the integration's own table for all else. */
export function readAnswer(
  { handler, operation, call, context }: CallWork,
  { response }: SpooledAnswer,
): ProviderOutcome {
  return (
    classifyIntermediary(response) ??
    handler.fromProviderResponse({ response, input: operation.input.parse(call.input), settings: context.settings })
  );
}

/** How `main` learns that the provider took the submission, where it does not know that yet. */
export function takenEvents(
  { attempt }: CallWork,
  knownOutcome: SubmissionOutcome,
  { externalId, awaitsResult }: { externalId?: string | undefined; awaitsResult?: boolean },
): ReportedEvent[] {
  const id = externalId !== undefined && { externalId };
  const awaits = awaitsResult === true && { awaitsResult };
  if (knownOutcome === 'in_flight') return [{ type: 'call.submitted', data: { attempt, ...id, ...awaits } }];
  if (knownOutcome === 'accepted') return [];
  const reason = 'The answer of this submission was found after it had been given up.';
  return [{ type: 'call.submission_reconciled', data: { attempt, outcome: 'accepted', reason, ...id } }];
}

/** Whether the answer said all that it will ever say: an image, or that there will be none for what was asked. */
function madeUseOf(result: CallActivityResult): boolean {
  const end = result.status === 'ended' ? result.report.events.at(-1) : undefined;
  return end?.type === 'call.completed' || (end?.type === 'call.failed' && end.data.error.code === 'content_rejected');
}

function isKnownToMain(result: CallActivityResult): boolean {
  if (result.status === 'ended') return result.reported;
  return result.status === 'retry' && result.unreported === undefined;
}

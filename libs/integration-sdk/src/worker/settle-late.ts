import { isTerminal, type KnownCall, type ReportedEvent, type StoredArtifact } from '@darkroom/contract';
import { toCallReport } from './call-report.ts';
import type { ProviderOutcome } from './call-handler.ts';
import type { CallWork } from './call-work.ts';
import { askUntilKnown } from './end-call.ts';
import { letGoOfAnswer, sha256Of } from './keep-answer.ts';
import { resultBytes } from './result-bytes.ts';
import { readAnswer, takenEvents } from './settle-answer.ts';
import { encodeSpooledAnswer, type SpooledAnswer } from './spool-container.ts';
import { storeResults } from './store-results.ts';

/** Stores what was paid for and came after the call's end, and reports it, and that it was paid, beside the call. Fails where that cannot be done now. */
export async function settleLate(work: CallWork, answer: SpooledAnswer): Promise<void> {
  const mainSpoolSha256 = sha256Of(encodeSpooledAnswer(answer));
  const known = await askUntilKnown(work);
  const submission = known?.submissions.find(({ attempt }) => attempt === work.attempt);
  const isPartOfTheCall = known?.status === 'completed' && submission?.outcome === 'accepted';
  let wasOfUse = isPartOfTheCall && (await isAllStored(work, answer));
  if (known && isTerminal(known.status) && !isPartOfTheCall) {
    const outcome = readAnswer(work, answer);
    const { artifacts: lateArtifacts, isWhole } = await storeLate(work, answer, outcome);
    wasOfUse =
      (lateArtifacts.length > 0 && isWhole) || (outcome.kind === 'failed' && outcome.error.code === 'content_rejected');
    const events = submission ? takenLate(work, submission, outcome) : [];
    if (lateArtifacts.length > 0 || events.length > 0) {
      await work.context.main.report(work.call.callId, toCallReport(work, { events, lateArtifacts }));
      work.logger.info(
        { attempt: work.attempt, artifacts: lateArtifacts.length },
        'saw to a paid answer of a call that had ended',
      );
    }
  }
  await letGoOfAnswer(work, { answer, wasOfUse, mainSpoolSha256 });
}

/** Whether nothing is left out of what the answer brought: what the call has of it is found under the same keys. */
async function isAllStored(work: CallWork, answer: SpooledAnswer): Promise<boolean> {
  const outcome = readAnswer(work, answer);
  return outcome.kind !== 'accepted' || (await storeLate(work, answer, outcome)).isWhole;
}

/** The call stays as it ended; its count of what was paid does not. */
function takenLate(
  work: CallWork,
  { outcome: knownOutcome }: KnownCall['submissions'][number],
  outcome: ProviderOutcome,
): ReportedEvent[] {
  const wasTaken = outcome.kind === 'accepted' || outcome.kind === 'failed';
  return wasTaken ? takenEvents(work, knownOutcome, outcome) : [];
}

async function storeLate(
  work: CallWork,
  answer: SpooledAnswer,
  outcome: ProviderOutcome,
): Promise<{ artifacts: StoredArtifact[]; isWhole: boolean }> {
  const nothing = { artifacts: [], isWhole: false };
  if (outcome.kind !== 'accepted') return nothing;
  const impatient = { ...work, missingIsGone: true };
  const stored = await storeResults(impatient, outcome.results, (result) => resultBytes(impatient, answer, result));
  return stored.kind === 'stored' ? stored : nothing;
}

import { isTerminal, type StoredArtifact } from '@darkroom/contract';
import { toCallReport } from './call-report.ts';
import type { CallWork } from './call-work.ts';
import { askUntilKnown } from './end-call.ts';
import { forgetAnswer, sha256Of } from './keep-answer.ts';
import { resultBytes } from './result-bytes.ts';
import { readAnswer } from './settle-answer.ts';
import { encodeSpooledAnswer, type SpooledAnswer } from './spool-container.ts';
import { storeResults } from './store-results.ts';

/** Stores what was paid for and came after the call's end, and reports it beside the call. Fails where that cannot be done now. */
export async function settleLate(work: CallWork, answer: SpooledAnswer): Promise<void> {
  const mainSpoolSha256 = sha256Of(encodeSpooledAnswer(answer));
  const known = await askUntilKnown(work);
  const outcome = known?.submissions.find(({ attempt }) => attempt === work.attempt)?.outcome;
  const isPartOfTheCall = known?.status === 'completed' && outcome === 'accepted';
  if (known && isTerminal(known.status) && !isPartOfTheCall) {
    const lateArtifacts = await storeLate(work, answer);
    if (lateArtifacts.length > 0) {
      await work.context.main.report(work.call.callId, toCallReport(work, { events: [], lateArtifacts }));
      work.logger.info(
        { attempt: work.attempt, artifacts: lateArtifacts.length },
        'stored a paid result of a call that had ended',
      );
    }
  }
  await forgetAnswer(work, mainSpoolSha256);
}

async function storeLate(work: CallWork, answer: SpooledAnswer): Promise<StoredArtifact[]> {
  const outcome = readAnswer(work, answer);
  if (outcome.kind !== 'accepted') return [];
  const stored = await storeResults(work, outcome.results, (result) => resultBytes(work, answer, result));
  return stored.kind === 'stored' ? stored.artifacts : [];
}

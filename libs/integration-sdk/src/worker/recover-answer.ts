import { isTerminal } from '@darkroom/contract';
import type { CallWork } from './call-work.ts';
import { askUntilKnown } from './end-call.ts';
import { settleAnswer } from './settle-answer.ts';
import { settleLate } from './settle-late.ts';
import type { SpooledAnswer } from './spool-container.ts';

/**
 * Sees to an answer that nobody waits for: its call has ended, or gave the submission up and is busy with another one. In the
 * second case the answer in hand ends the call.
 */
export async function recoverAnswer(work: CallWork, answer: SpooledAnswer): Promise<void> {
  const known = await askUntilKnown(work);
  if (!known || isTerminal(known.status)) return settleLate(work, answer);
  const knownOutcome = known.submissions.find(({ attempt }) => attempt === work.attempt)?.outcome ?? 'in_flight';
  await settleAnswer(work, { answer, deadlineAt: work.context.now(), knownOutcome });
}

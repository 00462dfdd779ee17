import type { CallActivityResult } from '../call/call-activity.schema.ts';
import type { StoreTaskInput } from '../call/poll-activity.schema.ts';
import { lookAtTask } from './ask-about-task.ts';
import { spoolAddressOf } from './call-work.ts';
import { sha256Of } from './keep-answer.ts';
import { isLapseOver } from './lapse.ts';
import type { TaskWork } from './poll-work.ts';
import { settleAnswer } from './settle-answer.ts';
import { toSpooledResult } from './settle-look.ts';
import { storeSpooled } from './store-spooled.ts';
import { ResultMissing } from './storing-failed.ts';

/**
 * Stores and reports a task's result that waits in a spool. Where it is not at its address, the provider is asked for the address anew: it
 * may have signed another one. Fails, to be tried again, until the result is there or was waited for long enough.
 */
export async function storeTask(
  work: TaskWork,
  input: StoreTaskInput,
  signal: AbortSignal,
): Promise<CallActivityResult> {
  const given = { ...input, ...input.task, submittedReported: true };
  const missingIsGone = isLapseOver(work.context);
  try {
    return await storeSpooled(work, given);
  } catch (error) {
    if (!(error instanceof ResultMissing)) throw error;
    const { outcome, response } = await lookAtTask(work, signal);
    if (outcome.kind === 'succeeded' && response) {
      const parked = await work.context.main.getSpool(spoolAddressOf(work));
      return settleAnswer(
        { ...work, missingIsGone },
        {
          answer: toSpooledResult(work, response),
          deadlineAt: new Date(input.task.deadlineAt),
          knownOutcome: 'accepted',
          mainSpoolSha256: parked && sha256Of(parked),
        },
      );
    }
    // As long as the provider cannot be asked, nobody knows that it is gone.
    if (outcome.kind === 'unavailable' || !missingIsGone) throw error;
    return storeSpooled({ ...work, missingIsGone }, given);
  }
}

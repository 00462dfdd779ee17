import { failure, isTerminal } from '@darkroom/contract';
import type { CallActivityResult, StoreInput } from '../call/call-activity.schema.ts';
import { type CallWork, spoolAddressOf } from './call-work.ts';
import { failCall } from './end-call.ts';
import { messageOf } from './error-message.ts';
import { sha256Of } from './keep-answer.ts';
import { settleAnswer } from './settle-answer.ts';
import { decodeSpooledAnswer, encodeSpooledAnswer, type SpooledAnswer } from './spool-container.ts';

/** Stores and reports an answer that waits in a spool. Fails, to be tried again, where storage or `main` is still away. */
export async function storeSpooled(
  work: CallWork,
  { submittedReported, deadlineAt }: StoreInput,
): Promise<CallActivityResult> {
  const { context, call, attempt, logger } = work;
  const address = spoolAddressOf(work);
  const parked = await context.main.getSpool(address);
  const answer = (await readKept(work)) ?? (parked && decodeSpooledAnswer(parked));
  if (!answer) {
    const known = await context.main.getCall(call.callId);
    if (!known) return { status: 'stopped', reason: 'unknown_call' };
    if (isTerminal(known.status)) return { status: 'stopped', reason: 'ended' };
    logger.error({ attempt }, 'the paid answer is in no spool any more');
    return failCall(
      work,
      failure(
        'result_unavailable',
        'The provider answered, but the answer is in no spool any more. Make the call again; it is paid for anew.',
      ),
    );
  }
  return settleAnswer(work, {
    answer,
    deadlineAt: new Date(deadlineAt),
    knownOutcome: submittedReported ? 'accepted' : 'in_flight',
    mainSpoolSha256: sha256Of(parked ?? encodeSpooledAnswer(answer)),
  });
}

/** What an earlier execution kept on this machine holds the files that it downloaded, beside all that the spool of `main` has. */
async function readKept(work: CallWork): Promise<SpooledAnswer | undefined> {
  try {
    const bytes = await work.context.localSpool.read(spoolAddressOf(work));
    const answer = bytes && decodeSpooledAnswer(bytes);
    return answer?.holds?.kind === 'acceptance' ? undefined : answer;
  } catch (error) {
    work.logger.error({ reason: messageOf(error) }, 'the spooled answer on the disk cannot be read');
    return undefined;
  }
}

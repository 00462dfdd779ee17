import { failure, isTerminal } from '@darkroom/contract';
import type { CallActivityResult, StoreInput } from '../call/call-activity.schema.ts';
import { type CallWork, spoolAddressOf } from './call-work.ts';
import { failCall } from './end-call.ts';
import { sha256Of } from './keep-answer.ts';
import { settleAnswer } from './settle-answer.ts';
import { decodeSpooledAnswer } from './spool-container.ts';

/** Stores and reports an answer that waits in a spool. Fails, to be tried again, where storage or `main` is still away. */
export async function storeSpooled(
  work: CallWork,
  { submittedReported, deadlineAt }: StoreInput,
): Promise<CallActivityResult> {
  const { context, call, attempt, logger } = work;
  const address = spoolAddressOf(work);
  const bytes = (await context.main.getSpool(address)) ?? (await context.localSpool.read(address));
  if (!bytes) {
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
    answer: decodeSpooledAnswer(bytes),
    deadlineAt: new Date(deadlineAt),
    knownOutcome: submittedReported ? 'accepted' : 'in_flight',
    mainSpoolSha256: sha256Of(bytes),
  });
}

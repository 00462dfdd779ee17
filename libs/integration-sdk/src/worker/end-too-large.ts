import { failure } from '@darkroom/contract';
import type { EndedResult } from '../call/call-activity.schema.ts';
import type { CallWork } from './call-work.ts';
import { endCall } from './end-call.ts';

/** Ends a call whose submission was taken, and whose answer is longer than can be kept: another one would be as long. */
export function endTooLarge(work: CallWork, reason: string): Promise<EndedResult> {
  const error = failure(
    'result_unavailable',
    `The provider took the submission, and its answer is lost: ${reason} Ask for a smaller or for fewer images; it is paid for anew.`,
  );
  return endCall(work, [
    { type: 'call.submitted', data: { attempt: work.attempt } },
    { type: 'call.failed', data: { error } },
  ]);
}

import type { CallActivityResult } from '../call/call-activity.schema.ts';
import { followFruitless } from './end-call.ts';
import { endTooLarge } from './end-too-large.ts';
import { followLostAttempt } from './follow-lost-attempt.ts';
import { settleLate } from './settle-late.ts';
import type { SubmissionFollowUp } from './submission-follow-up.ts';

/** What follows a submission whose answer would have held the result. */
export const callFollowUp: SubmissionFollowUp<CallActivityResult> = {
  lost: followLostAttempt,
  tooLarge: (work, reason) => endTooLarge(work, reason),
  fruitless: (work, outcome, { deadlineAt }) => followFruitless(work, outcome, deadlineAt),
  late: settleLate,
};

import type { FruitlessOutcome } from '../call/what-follows.ts';
import type { CallWork } from './call-work.ts';
import type { AlreadyClaimed } from './follow-lost-attempt.ts';
import type { AnswerHolds, SpooledAnswer } from './spool-container.ts';

/** A submission that was claimed and may have been sent. */
export interface SentSubmission {
  claimedAt: Date;
  deadlineAt: Date;
  credentialId: string;
  /** Whether the request held the address by which its task can identify itself. */
  carriedCallback: boolean;
}

/** Where the deliveries differ in what follows a submission. */
export interface SubmissionFollowUp<Result> {
  /** What the answer to a submission holds, for who finds it on the disk. */
  holds?: AnswerHolds;
  /** Another execution claimed the attempt, and its answer is not here. */
  lost(work: CallWork, claimed: AlreadyClaimed): Promise<Result>;
  /** The provider took it, and its answer is longer than can be kept. */
  tooLarge(work: CallWork, reason: string, sent: SentSubmission): Promise<Result>;
  fruitless(work: CallWork, outcome: FruitlessOutcome, sent: SentSubmission): Promise<Result>;
  /** An answer was found and its call has ended. */
  late(work: CallWork, answer: SpooledAnswer): Promise<void>;
}

import type { SubmissionClaim } from '@darkroom/contract';
import { messageOf } from './error-message.ts';
import type { Logger } from './logger.ts';
import type { MainClient } from './main-client.ts';

const everyMs = 10_000;

/** The claim that an execution works under, once it was granted. */
export interface ClaimHold {
  hold(claim: SubmissionClaim): void;
  /** Tells `main`, at most every ten seconds, that the execution is alive, so that no other one takes it for lost. */
  confirm(): void;
}

export function createClaimHold({
  main,
  callId,
  logger,
}: {
  main: Pick<MainClient, 'claim'>;
  callId: string;
  logger: Logger;
}): ClaimHold {
  let held: SubmissionClaim | undefined;
  let confirmedAt = 0;
  return {
    hold(claim) {
      held = claim;
      confirmedAt = performance.now();
    },
    confirm() {
      if (!held || performance.now() - confirmedAt < everyMs) return;
      confirmedAt = performance.now();
      main.claim(callId, held).catch((error: unknown) => {
        logger.warn({ reason: messageOf(error) }, 'main was not told that the submission is still worked on');
      });
    },
  };
}

import { isTerminal, type KnownCall } from '@darkroom/contract';
import { messageOf } from './error-message.ts';
import type { LateAnswers } from './late-answers.ts';
import type { LocalSpool } from './local-spool.ts';
import type { Logger } from './logger.ts';
import type { MainClient, SpoolAddress } from './main-client.ts';
import { decodeSpooledAnswer } from './spool-container.ts';

interface Sweep {
  localSpool: LocalSpool;
  main: MainClient;
  lateAnswers: LateAnswers;
  logger: Logger;
}

/**
 * Sees to the answers that lost workers left on this machine: `main` gets those that a workflow still waits for, and what came
 * too late for its call is stored beside it. What cannot be done now stays for the next sweep.
 */
export async function sweepLocalSpool(sweep: Sweep): Promise<void> {
  for (const address of await sweep.localSpool.listLeftBehind()) {
    const logger = sweep.logger.child({
      call_id: address.callId,
      workflow_id: address.callId,
      attempt: address.attempt,
    });
    try {
      await recover({ ...sweep, logger }, address);
    } catch (error) {
      logger.warn({ reason: messageOf(error) }, 'an answer that a lost worker left stays for the next sweep');
    }
  }
}

async function recover({ localSpool, main, lateAnswers, logger }: Sweep, address: SpoolAddress): Promise<void> {
  const bytes = await localSpool.read(address);
  if (!bytes) return;
  const known = await main.getCall(address.callId);
  if (!known) {
    logger.warn({}, 'main does not know the call of an answer on the disk; it is left where it is');
    return;
  }
  const answer = decodeSpooledAnswer(bytes);
  // What a task's acceptance says is reported by the integration's own code; the spool of `main` is for results.
  if (answer.holds?.kind !== 'acceptance' && isWaitedFor(known, address.attempt)) {
    await main.putSpool(address, bytes);
    await localSpool.remove(address);
    logger.info({}, 'handed the answer that a lost worker left to main');
    return;
  }
  // Results are stored with the integration's own code; where it runs in another process, that one sweeps too.
  await lateAnswers.handlerOf(answer.origin)?.(answer);
}

function isWaitedFor({ status, submissions }: KnownCall, attempt: number): boolean {
  const outcome = submissions.find((submission) => submission.attempt === attempt)?.outcome;
  return !isTerminal(status) && (outcome === 'in_flight' || outcome === 'accepted');
}

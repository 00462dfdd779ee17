import { messageOf } from './error-message.ts';
import type { IntegrationContext } from './integration-context.ts';
import { decodeSpooledAnswer } from './spool-container.ts';

type Sweep = Pick<IntegrationContext, 'main' | 'lateAnswers' | 'storageHealth' | 'logger' | 'stopping'>;

/**
 * Stores the paid answers that wait in the spool of `main` though their call has ended: its workflow was terminated or gave up,
 * so nobody else comes for them, and a full spool stops every new call. What cannot be stored now stays for the next sweep.
 */
export async function sweepMainSpool({ main, lateAnswers, storageHealth, logger, stopping }: Sweep): Promise<void> {
  try {
    const { items } = await main.listEndedSpool();
    for (const { integration, ...address } of items) {
      if (stopping.aborted || (await storageHealth.findFault()) !== undefined) return;
      if (!lateAnswers.handles(integration)) continue;
      try {
        const bytes = await main.getSpool(address);
        if (!bytes) continue;
        const answer = decodeSpooledAnswer(bytes);
        await lateAnswers.handlerOf(answer.origin)?.(answer);
      } catch (error) {
        logger.warn(
          {
            call_id: address.callId,
            workflow_id: address.callId,
            attempt: address.attempt,
            reason: messageOf(error),
          },
          'an answer in the spool of main whose call has ended stays for the next sweep',
        );
      }
    }
  } catch (error) {
    logger.warn({ reason: messageOf(error) }, 'main did not say what waits in its spool; asking at the next sweep');
  }
}

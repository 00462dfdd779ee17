import { batchAdvanceSchema, type BatchAdvance, type BatchWorkflowInput } from '@darkroom/contract';
import { Context } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { pause } from '../../lifecycle/pause.ts';
import type { PlatformContext } from '../platform-context.ts';

export interface AdvanceInput extends BatchWorkflowInput {
  /** How far the batch had come when the page began. */
  released: number;
}

export interface BatchActivities {
  /**
   * Leads a batch for one page: until so many calls were begun, an hour is over, or the batch has ended. All it knows is in `main`'s
   * database, so an execution that is killed leaves nothing undone.
   */
  advanceBatch(input: AdvanceInput): Promise<BatchAdvance>;
}

const pageCalls = 500;
const pageMs = 3_600_000;
const waitSeconds = 15;
const answerMarginMs = 10_000;
const beatMs = 5_000;
const pauseAfterFailureMs = 1_000;

export function createBatchActivities({ internalApi, logger, stopping }: PlatformContext): BatchActivities {
  const advance = async (batchId: string, signal: AbortSignal): Promise<BatchAdvance | undefined> => {
    try {
      const answer = await internalApi.ask(`batches/${encodeURIComponent(batchId)}/advance`, batchAdvanceSchema, {
        body: { waitSeconds },
        timeoutMs: waitSeconds * 1000 + answerMarginMs,
        signal,
      });
      return answer ?? { isOver: true, released: 0 };
    } catch (error) {
      if (signal.aborted) return undefined;
      logger.warn({ error, workflow_id: batchId }, 'main did not answer for a batch: it is asked again');
      await pause(pauseAfterFailureMs, signal);
      return undefined;
    }
  };

  return {
    async advanceBatch({ batchId, released }) {
      const activity = Context.current();
      const signal = AbortSignal.any([stopping, activity.cancellationSignal]);
      const endsAt = Date.now() + pageMs;
      const timer = setInterval(() => activity.heartbeat(), beatMs);
      timer.unref();
      try {
        while (!signal.aborted) {
          const answer = await advance(batchId, signal);
          if (answer === undefined) continue;
          if (answer.isOver || answer.released - released >= pageCalls || Date.now() >= endsAt) return answer;
        }
      } finally {
        clearInterval(timer);
      }
      throw handedOver();
    },
  };
}

/** No fault of anybody: another worker goes on. */
function handedOver(): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'waiting',
    message: 'The worker stops; another one goes on from here.',
    nextRetryDelay: pauseAfterFailureMs,
    category: ApplicationFailureCategory.BENIGN,
  });
}

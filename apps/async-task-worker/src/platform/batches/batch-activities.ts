import { batchAdvanceSchema, type BatchAdvance, type BatchWorkflowInput } from '@darkroom/contract';
import { Context } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { createPollSlots } from '@darkroom/integration-sdk/worker';
import { pause } from '../../lifecycle/pause.ts';
import { activitySlots } from '../../temporal/activity-slots.ts';
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

/** How soon a batch is asked after that finds no slot to stay in. */
const withoutSlotMs = 5_000;

export function createBatchActivities({
  internalApi,
  logger,
  stopping,
}: Pick<PlatformContext, 'internalApi' | 'logger' | 'stopping'>): BatchActivities {
  // Notifications and retention need slots of this Worker too.
  const slots = createPollSlots({ slots: activitySlots });

  const ask = async (batchId: string, seconds: number, signal: AbortSignal): Promise<BatchAdvance | undefined> => {
    try {
      const answer = await internalApi.ask(`batches/${encodeURIComponent(batchId)}/advance`, batchAdvanceSchema, {
        body: { waitSeconds: seconds },
        timeoutMs: seconds * 1000 + answerMarginMs,
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

  const lead = async ({ batchId, released }: AdvanceInput, mayStay: boolean): Promise<BatchAdvance> => {
    const activity = Context.current();
    const signal = AbortSignal.any([stopping, activity.cancellationSignal]);
    const endsAt = Date.now() + pageMs;
    const timer = setInterval(() => activity.heartbeat(), beatMs);
    timer.unref();
    try {
      while (!signal.aborted) {
        const answer = await ask(batchId, mayStay ? waitSeconds : 0, signal);
        if (answer === undefined) continue;
        if (answer.isOver || answer.released - released >= pageCalls || Date.now() >= endsAt) return answer;
        if (!mayStay) throw givenBack('Too many batches are led here; this one is asked after later.', withoutSlotMs);
      }
    } finally {
      clearInterval(timer);
    }
    throw givenBack('The worker stops; another one goes on from here.', pauseAfterFailureMs);
  };

  return {
    async advanceBatch(input) {
      const slot = slots.take();
      if (!slot) throw givenBack('Too many batches are led here; this one comes later.', withoutSlotMs);
      try {
        return await lead(input, slot.mayStay);
      } finally {
        slot.giveBack();
      }
    },
  };
}

/** Gives the slot back: no fault of anybody. */
function givenBack(message: string, afterMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'waiting',
    message,
    nextRetryDelay: afterMs,
    category: ApplicationFailureCategory.BENIGN,
  });
}

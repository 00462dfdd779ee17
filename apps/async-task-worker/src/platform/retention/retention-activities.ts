import {
  type RetentionAnswer,
  retentionAnswerSchema,
  type RetentionKind,
  type RetentionResult,
} from '@darkroom/contract';
import { Context } from '@temporalio/activity';
import type { PlatformContext } from '../platform-context.ts';

export interface RetentionActivities {
  /** Has `main` remove what is old enough of one kind, for some seconds, from where an earlier answer said to go on. */
  removeOld(kind: RetentionKind, cursor: string | null): Promise<RetentionAnswer>;
  /** Says in the log what a run removed. */
  tellRemoved(removed: RetentionResult): Promise<void>;
}

const answerMs = 90_000;
const beatMs = 5_000;

export function createRetentionActivities({
  internalApi,
  logger,
}: Pick<PlatformContext, 'internalApi' | 'logger'>): RetentionActivities {
  return {
    async removeOld(kind, cursor) {
      const activity = Context.current();
      const timer = setInterval(() => activity.heartbeat(), beatMs);
      try {
        const answer = await internalApi.ask(`retention/${kind}`, retentionAnswerSchema, {
          body: { cursor },
          timeoutMs: answerMs,
          signal: activity.cancellationSignal,
        });
        if (!answer) throw new Error(`main has no /internal/retention/${kind}: it is older than this worker.`);
        return answer;
      } finally {
        clearInterval(timer);
      }
    },
    tellRemoved(removed) {
      logger.info({ removed }, 'retention is done for now');
      return Promise.resolve();
    },
  };
}

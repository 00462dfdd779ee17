import type { RetentionAnswer, RetentionKind } from '@darkroom/contract';
import type { Logger } from '@darkroom/platform-logging';
import type { RetentionMetrics } from '../metrics/retention-metrics.ts';
import type { RetentionDays } from './retention-settings.ts';

/** One step of removing a kind: short enough for one transaction. */
export type RemovePage = (olderThan: Date, cursor: string | null) => Promise<RetentionAnswer>;

/** Removes what is older than it is to be kept. Safe to ask again, also when an answer was lost. */
export interface Retention {
  /** Goes on for some seconds, or until nothing is left. What is not configured is never removed. */
  remove(kind: RetentionKind, cursor: string | null): Promise<RetentionAnswer>;
}

interface RetentionDependencies {
  days: RetentionDays;
  removers: Readonly<Record<RetentionKind, RemovePage>>;
  metrics: RetentionMetrics;
  logger: Logger;
  now?: () => Date;
}

const dayMs = 24 * 3_600_000;
const stepsMs = 5_000;

export function createRetention({
  days,
  removers,
  metrics,
  logger,
  now = () => new Date(),
}: RetentionDependencies): Retention {
  return {
    async remove(kind, from) {
      const kept = days[kind];
      const removed = { count: 0, bytes: 0 };
      if (kept === undefined) return { ...removed, cursor: null };
      const olderThan = new Date(now().getTime() - kept * dayMs);
      const endsAt = performance.now() + stepsMs;
      let cursor = from;
      do {
        const step = await removers[kind](olderThan, cursor);
        removed.count += step.count;
        removed.bytes += step.bytes;
        cursor = step.cursor;
        metrics.removed(kind, step);
      } while (cursor !== null && performance.now() < endsAt);
      if (removed.count > 0) logger.info({ kind, ...removed, older_than: olderThan }, 'retention removed what is old');
      return { ...removed, cursor };
    },
  };
}

import type { BatchAdvance } from '@darkroom/contract';
import { readUntil } from '../events/read-until.ts';
import { advanceBatch, type BatchAdvancing } from './advance-batch.ts';
import type { BatchNews } from './batch-news.ts';

export interface BatchFollowing extends BatchAdvancing {
  batchNews: BatchNews;
}

interface FollowOptions {
  batchId: string;
  seconds: number;
  /** Ends it early: who asked has gone, or the process stops. */
  signal: AbortSignal;
}

/** Advances a batch whenever one of its calls has ended, for so many seconds or until the batch is over. Undefined where there is none. */
export async function followBatch(
  following: BatchFollowing,
  { batchId, ...wait }: FollowOptions,
): Promise<BatchAdvance | undefined> {
  const accountId = await accountOf(following, batchId);
  if (accountId === undefined) return undefined;
  return readUntil({
    ...wait,
    read: () => advanceBatch(following, batchId),
    isAwaited: (advance) => advance === undefined || advance.isOver,
    watch: (onNews) => following.batchNews.watch(accountId, batchId, onNews),
    compareIntervalMs: 5_000,
  });
}

async function accountOf({ database }: BatchFollowing, batchId: string): Promise<string | undefined> {
  const batch = await database.selectFrom('batches').select('account_id').where('id', '=', batchId).executeTakeFirst();
  return batch?.account_id;
}

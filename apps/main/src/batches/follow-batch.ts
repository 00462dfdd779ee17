import type { BatchAdvance } from '@darkroom/contract';
import { createBell } from '../events/bell.ts';
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

// News can be lost: then the next call of a batch begins so much later.
const compareIntervalMs = 5_000;

/** Advances a batch whenever one of its calls has ended, for so many seconds or until the batch is over. Undefined where there is none. */
export async function followBatch(
  following: BatchFollowing,
  { batchId, seconds, signal }: FollowOptions,
): Promise<BatchAdvance | undefined> {
  const endsAt = Date.now() + seconds * 1000;
  const accountId = await accountOf(following, batchId);
  if (accountId === undefined) return undefined;
  const bell = createBell();
  const unwatch = following.batchNews.watch(accountId, batchId, () => bell.ring());
  try {
    for (;;) {
      bell.reset();
      const advance = await advanceBatch(following, batchId);
      const leftMs = endsAt - Date.now();
      if (advance === undefined || advance.isOver || leftMs <= 0 || signal.aborted) return advance;
      await bell.wait(Math.min(compareIntervalMs, leftMs), signal);
    }
  } finally {
    unwatch();
  }
}

async function accountOf({ database }: BatchFollowing, batchId: string): Promise<string | undefined> {
  const batch = await database.selectFrom('batches').select('account_id').where('id', '=', batchId).executeTakeFirst();
  return batch?.account_id;
}

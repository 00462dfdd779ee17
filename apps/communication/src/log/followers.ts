import type { AccountNews, Heads } from '@darkroom/contract';
import { createFollower, type Follower, type FollowerOptions } from './follower.ts';
import type { LogReader } from './log-reader.ts';

/** One follower for each account that somebody follows. */
export interface Followers {
  readonly accountIds: string[];
  /** How many events that were heard of are still to be read, over all accounts. */
  readonly lag: number;
  /** The account's follower, which begins where there was none. */
  of(accountId: string): Follower;
  leave(reader: LogReader): void;
  heard(news: AccountNews): void;
  /** What `main` answered about these accounts. */
  compared(heads: Heads['heads'], asked: readonly string[]): void;
}

export interface FollowersOptions extends Omit<FollowerOptions, 'accountId'> {
  /** A follower needs to be told where its log ends. */
  onBegin: () => void;
}

/** So many comparisons a follower outlasts its last reader: who was cut off finds what it missed at hand. */
const keptComparisons = 30;

interface Kept {
  follower: Follower;
  unusedComparisons: number;
}

export function createFollowers({ onBegin, ...shared }: FollowersOptions): Followers {
  const kept = new Map<string, Kept>();
  return {
    get accountIds() {
      return [...kept.keys()];
    },
    get lag() {
      return [...kept.values()].reduce((sum, { follower }) => sum + follower.lag, 0);
    },
    of(accountId) {
      const known = kept.get(accountId);
      if (known !== undefined) return known.follower;
      const follower = createFollower({ ...shared, accountId });
      kept.set(accountId, { follower, unusedComparisons: 0 });
      onBegin();
      return follower;
    },
    leave(reader) {
      kept.get(reader.accountId)?.follower.leave(reader);
    },
    heard({ accountId, lastSequence }) {
      kept.get(accountId)?.follower.heard(lastSequence);
    },
    compared(heads, asked) {
      for (const accountId of asked) {
        const known = kept.get(accountId);
        if (known === undefined) continue;
        // An account that main does not know has no events.
        known.follower.compared(heads[accountId] ?? 0);
        known.unusedComparisons = known.follower.isUsed ? 0 : known.unusedComparisons + 1;
        if (known.unusedComparisons <= keptComparisons) continue;
        known.follower.end();
        kept.delete(accountId);
      }
    },
  };
}

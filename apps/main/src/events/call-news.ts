import type { Pool } from '@darkroom/platform-postgres';
import type { EventBus } from './event-bus.ts';
import { readChangedCalls } from './event-log.queries.ts';

/** Wakes those who wait for one call. However many wait, an account's news costs one look into its log. */
export interface CallNews {
  /** Answers the function that ends the watch. */
  watch(accountId: string, callId: string, ring: () => void): () => void;
}

interface WatchedAccount {
  ringsByCall: Map<string, Set<() => void>>;
  unsubscribe: () => void;
}

export function createCallNews(eventBus: EventBus, pool: Pool): CallNews {
  const watchedAccounts = new Map<string, WatchedAccount>();

  const watchAccount = (accountId: string): WatchedAccount => {
    const ringsByCall: WatchedAccount['ringsByCall'] = new Map();
    const ringAll = () => ringsByCall.forEach((rings) => rings.forEach((ring) => ring()));
    const ringChanged = async (after: number, upTo: number) => {
      const changed = await readChangedCalls(pool, [accountId, after, upTo]);
      for (const { call_id: callId } of changed) ringsByCall.get(callId)?.forEach((ring) => ring());
    };

    let seen: number | undefined;
    const unsubscribe = eventBus.subscribe(accountId, (lastSequence) => {
      if (seen !== undefined && lastSequence <= seen) return;
      // Whoever is rung without need looks and waits on; whoever is not rung would wait for nothing.
      if (seen === undefined) ringAll();
      else ringChanged(seen, lastSequence).catch(ringAll);
      seen = lastSequence;
    });
    return { ringsByCall, unsubscribe };
  };

  return {
    watch(accountId, callId, ring) {
      const account = watchedAccounts.get(accountId) ?? watchAccount(accountId);
      watchedAccounts.set(accountId, account);
      const rings = account.ringsByCall.get(callId) ?? new Set();
      account.ringsByCall.set(callId, rings.add(ring));
      return () => {
        rings.delete(ring);
        if (rings.size === 0 && account.ringsByCall.get(callId) === rings) account.ringsByCall.delete(callId);
        if (account.ringsByCall.size > 0 || watchedAccounts.get(accountId) !== account) return;
        account.unsubscribe();
        watchedAccounts.delete(accountId);
      };
    },
  };
}

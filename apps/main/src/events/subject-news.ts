import type { EventBus } from './event-bus.ts';

/** Rings when something happened to one call or batch, so that whoever waits for it need not look at every event of its account. */
export interface SubjectNews {
  /** Answers the function that ends the watch. */
  watch(accountId: string, subjectId: string, ring: () => void): () => void;
}

interface WatchedAccount {
  ringsBySubject: Map<string, Set<() => void>>;
  unsubscribe: () => void;
}

/** `readChanged`: to which of them something happened after a sequence, up to and including another. One look for all who wait in an account. */
export function createSubjectNews(
  eventBus: Pick<EventBus, 'subscribe'>,
  readChanged: (accountId: string, after: number, upTo: number) => Promise<string[]>,
): SubjectNews {
  const watchedAccounts = new Map<string, WatchedAccount>();

  const watchAccount = (accountId: string): WatchedAccount => {
    const ringsBySubject: WatchedAccount['ringsBySubject'] = new Map();
    const ringAll = () => ringsBySubject.forEach((rings) => rings.forEach((ring) => ring()));
    const ringChanged = async (after: number, upTo: number) => {
      for (const subjectId of await readChanged(accountId, after, upTo))
        ringsBySubject.get(subjectId)?.forEach((ring) => ring());
    };

    let seen: number | undefined;
    const unsubscribe = eventBus.subscribe(accountId, (lastSequence) => {
      if (seen !== undefined && lastSequence <= seen) return;
      // Whoever is rung without need looks and waits on; whoever is not rung would wait for nothing.
      if (seen === undefined) ringAll();
      else ringChanged(seen, lastSequence).catch(ringAll);
      seen = lastSequence;
    });
    return { ringsBySubject, unsubscribe };
  };

  return {
    watch(accountId, subjectId, ring) {
      const account = watchedAccounts.get(accountId) ?? watchAccount(accountId);
      watchedAccounts.set(accountId, account);
      const rings = account.ringsBySubject.get(subjectId) ?? new Set();
      account.ringsBySubject.set(subjectId, rings.add(ring));
      return () => {
        rings.delete(ring);
        if (rings.size === 0 && account.ringsBySubject.get(subjectId) === rings)
          account.ringsBySubject.delete(subjectId);
        if (account.ringsBySubject.size > 0 || watchedAccounts.get(accountId) !== account) return;
        account.unsubscribe();
        watchedAccounts.delete(accountId);
      };
    },
  };
}

/** Hears that an account's log has grown up to a sequence. It is news, not the truth: whoever needs the events reads the log. */
export type NewsListener = (lastSequence: number) => void;

/** The same, of whichever account. */
export type AccountNewsListener = (accountId: string, lastSequence: number) => void;

/** Tells the subscribers in this process that an account has new events. */
export interface EventBus {
  /** Call it after the commit, with the account's last sequence. */
  published(accountId: string, lastSequence: number): void;
  /** News from another process: subscribers hear it, and it is not announced again. */
  heard(accountId: string, lastSequence: number): void;
  /** Answers the function that ends the subscription. */
  subscribe(accountId: string, listener: NewsListener): () => void;
  /** Hears all news of every account, whoever published them. Answers the function that ends the subscription. */
  onNews(listener: AccountNewsListener): () => void;
  /** Hears what this process published, for every account. Answers the function that ends the subscription. */
  onPublished(listener: AccountNewsListener): () => void;
}

export function createEventBus(): EventBus {
  const listenersByAccount = new Map<string, Set<NewsListener>>();
  const newsListeners = new Set<AccountNewsListener>();
  const publicationListeners = new Set<AccountNewsListener>();

  const heard = (accountId: string, lastSequence: number) => {
    for (const listener of listenersByAccount.get(accountId) ?? []) listener(lastSequence);
    for (const listener of newsListeners) listener(accountId, lastSequence);
  };

  return {
    heard,
    published(accountId, lastSequence) {
      heard(accountId, lastSequence);
      for (const listener of publicationListeners) listener(accountId, lastSequence);
    },
    subscribe(accountId, listener) {
      const listeners = listenersByAccount.get(accountId) ?? new Set();
      listenersByAccount.set(accountId, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && listenersByAccount.get(accountId) === listeners)
          listenersByAccount.delete(accountId);
      };
    },
    onNews(listener) {
      newsListeners.add(listener);
      return () => newsListeners.delete(listener);
    },
    onPublished(listener) {
      publicationListeners.add(listener);
      return () => publicationListeners.delete(listener);
    },
  };
}

import type { Subscription } from './subscription.ts';

/** The sessions that live subscriptions were made by, so that signing out ends them. */
export interface Sessions {
  /** Those that have subscriptions here. */
  readonly ids: string[];
  hasEnded(sessionId: string | undefined): boolean;
  /** Admits the subscription, as soon as `main` has said that the session behind it lives. */
  add(subscription: Subscription): void;
  remove(subscription: Subscription): void;
  /** What `main` answered about these sessions. Ends what was subscribed with tokens of those that are over, and takes none of them from now on. */
  compared(endedSessionIds: readonly string[], asked: readonly string[]): void;
}

export interface SessionsOptions {
  /** A subscription may have events. Called once for each. */
  admit: (subscription: Subscription) => void;
  /** `main` has to be asked about a session. */
  onUnknown: () => void;
}

interface LiveSession {
  subscriptions: Set<Subscription>;
  /** Whether `main` has said that it lives. It is compared again and again from then on. */
  isKnown: boolean;
}

/** Tokens of a session that has ended live for some minutes; so many sessions are remembered. */
const rememberedEnds = 10_000;

export function createSessions({ admit, onUnknown }: SessionsOptions): Sessions {
  const bySession = new Map<string, LiveSession>();
  const ended = new Set<string>();

  const remember = (sessionId: string) => {
    ended.add(sessionId);
    for (const oldest of ended) {
      if (ended.size <= rememberedEnds) break;
      ended.delete(oldest);
    }
  };

  const admitOnce = (subscription: Subscription) => {
    if (subscription.isAdmitted || subscription.isOver) return;
    subscription.isAdmitted = true;
    admit(subscription);
  };

  return {
    get ids() {
      return [...bySession.keys()];
    },
    hasEnded: (sessionId) => sessionId !== undefined && ended.has(sessionId),
    add(subscription) {
      const { sessionId } = subscription.permission;
      if (sessionId === undefined) return admitOnce(subscription);
      const session = bySession.get(sessionId) ?? { subscriptions: new Set(), isKnown: false };
      bySession.set(sessionId, session);
      session.subscriptions.add(subscription);
      if (session.isKnown) admitOnce(subscription);
      else onUnknown();
    },
    remove(subscription) {
      const { sessionId } = subscription.permission;
      if (sessionId === undefined) return;
      const subscriptions = bySession.get(sessionId)?.subscriptions;
      subscriptions?.delete(subscription);
      if (subscriptions?.size === 0) bySession.delete(sessionId);
    },
    compared(endedSessionIds, asked) {
      for (const sessionId of endedSessionIds) {
        remember(sessionId);
        const { subscriptions = [] } = bySession.get(sessionId) ?? {};
        for (const subscription of [...subscriptions]) subscription.endWith('session_ended');
      }
      for (const sessionId of asked) {
        const session = bySession.get(sessionId);
        if (session === undefined || session.isKnown) continue;
        session.isKnown = true;
        for (const subscription of [...session.subscriptions]) admitOnce(subscription);
      }
    },
  };
}

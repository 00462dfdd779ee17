import type { StreamTokenClaims } from '@darkroom/contract';
import type { Connection } from '../connections/connection.ts';
import type { CatchUps } from '../log/catch-ups.ts';
import type { Followers } from '../log/followers.ts';
import type { Sessions } from './sessions.ts';
import { Subscription } from './subscription.ts';

/** Everything that is subscribed. */
export interface Subscriptions {
  readonly count: number;
  /** Whether an account may follow one more subject. */
  hasRoomFor(accountId: string): boolean;
  /** Follows a subject for a connection, behind a sequence or from `endOfLog` on. */
  open(connection: Connection, claims: StreamTokenClaims, after: number): void;
  renew(subscription: Subscription, claims: StreamTokenClaims): void;
  /** The client has taken what it was sent. */
  goOn(connection: Connection): void;
  /** Ends all of a connection, without a word. */
  endAll(connection: Connection): void;
}

export interface SubscriptionsOptions {
  followers: Pick<Followers, 'leave'>;
  catchUps: Pick<CatchUps, 'add' | 'remove'>;
  sessions: Sessions;
}

/** On all of its connections, so that one account cannot take the memory of all. */
const maxSubscriptionsPerAccount = 100_000;

export function createSubscriptions({ followers, catchUps, sessions }: SubscriptionsOptions): Subscriptions {
  const byAccount = new Map<string, number>();
  let count = 0;

  const changeCount = (accountId: string, change: 1 | -1) => {
    count += change;
    const ofAccount = (byAccount.get(accountId) ?? 0) + change;
    if (ofAccount === 0) byAccount.delete(accountId);
    else byAccount.set(accountId, ofAccount);
  };

  const onEnd = (subscription: Subscription) => {
    const { connection, accountId, subject } = subscription;
    changeCount(accountId, -1);
    sessions.remove(subscription);
    catchUps.remove(subscription);
    followers.leave(subscription);
    connection.parked.delete(subscription);
    connection.subscriptions.delete(subject);
    if (connection.subscriptions.size === 0) connection.idleSince = Date.now();
  };

  return {
    get count() {
      return count;
    },
    hasRoomFor: (accountId) => (byAccount.get(accountId) ?? 0) < maxSubscriptionsPerAccount,
    open(connection, claims, after) {
      const subscription = new Subscription({ connection, claims, after, onEnd });
      changeCount(subscription.accountId, 1);
      connection.hasSubscribed = true;
      connection.nextTokenAt = 0;
      connection.subscriptions.set(subscription.subject, subscription);
      sessions.add(subscription);
    },
    renew(subscription, claims) {
      sessions.remove(subscription);
      subscription.renew(claims);
      subscription.connection.nextTokenAt = 0;
      sessions.add(subscription);
    },
    goOn(connection) {
      for (const subscription of connection.unpark()) catchUps.add(subscription);
    },
    endAll(connection) {
      for (const subscription of [...connection.subscriptions.values()]) subscription.end();
    },
  };
}

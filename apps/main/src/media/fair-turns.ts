import { ProblemError } from '../problems/problem-error.ts';

/** What somebody waits for: whose it is, and the signal that nobody waits any more. */
export interface Wish {
  accountId: string;
  signal: AbortSignal;
}

/**
 * Does something when it is its turn. Fails with the signal's reason where nobody waits any more, without doing it, and with a ProblemError
 * where its account has too much waiting.
 */
export type FairTurns = <Result>(wish: Wish, run: () => Promise<Result>) => Promise<Result>;

interface Waiting {
  begin: () => void;
  refuse: (reason: Error) => void;
}

const retryAfterSeconds = 5;

/**
 * Lets so many run at a time. Accounts take turns, so that nobody waits behind all that another one wants; within an account the newest wish is first,
 * because a page has scrolled on from the others. Where more wait than an account may have, its oldest is refused.
 */
export function createFairTurns({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }): FairTurns {
  // A Map keeps the order in which its keys were put in: an account whose turn is over goes to the end.
  const byAccount = new Map<string, Waiting[]>();
  let running = 0;

  const wait = ({ accountId, signal }: Wish) =>
    new Promise<void>((resolve, reject) => {
      const ofAccount = byAccount.get(accountId) ?? [];
      const giveUp = () => {
        ofAccount.splice(ofAccount.indexOf(waiting), 1);
        if (ofAccount.length === 0) byAccount.delete(accountId);
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        begin: () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        },
        refuse: (reason) => {
          signal.removeEventListener('abort', giveUp);
          reject(reason);
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      byAccount.set(accountId, ofAccount);
      ofAccount.push(waiting);
      if (ofAccount.length > mostWaiting) ofAccount.shift()?.refuse(tooMany());
    });

  const passOn = () => {
    for (const [accountId, ofAccount] of byAccount) {
      const newest = ofAccount.pop();
      byAccount.delete(accountId);
      if (ofAccount.length > 0) byAccount.set(accountId, ofAccount);
      return newest?.begin();
    }
    running -= 1;
  };

  return async (wish, run) => {
    wish.signal.throwIfAborted();
    if (running >= atOnce) await wait(wish);
    else running += 1;
    try {
      return await run();
    } finally {
      passOn();
    }
  };
}

function tooMany(): ProblemError {
  const detail = 'This account waits for more pictures than are drawn soon. Ask for fewer at once.';
  return new ProblemError('overloaded', detail, { retryAfterSeconds });
}

import { ProblemError } from '../problems/problem-error.ts';

/** How much memory the uploads that are under way may take together; more of them have to come later. */
export interface MemoryBudget {
  reserve(accountId: string): MemoryReservation;
}

/** What one upload takes. */
export interface MemoryReservation {
  /** Takes more; a ProblemError where all of them take too much, or those of the account more than its share. */
  grow(bytes: number): void;
  release(): void;
}

interface MemoryLimits {
  mostBytes: number;
  /** What one account takes at most, so that its slow uploads leave something to others. */
  mostBytesOfAccount: number;
}

const retryAfterSeconds = 5;

export function createMemoryBudget({ mostBytes, mostBytesOfAccount }: MemoryLimits): MemoryBudget {
  const takenBy = new Map<string, number>();
  let taken = 0;

  const add = (accountId: string, bytes: number): void => {
    const ofAccount = (takenBy.get(accountId) ?? 0) + bytes;
    if (ofAccount === 0) takenBy.delete(accountId);
    else takenBy.set(accountId, ofAccount);
    taken += bytes;
  };

  return {
    reserve(accountId) {
      let own = 0;
      return {
        grow(bytes) {
          if ((takenBy.get(accountId) ?? 0) + bytes > mostBytesOfAccount) throw tooMany('Too many of your uploads are');
          if (taken + bytes > mostBytes) throw tooMany('Too many uploads are');
          add(accountId, bytes);
          own += bytes;
        },
        release() {
          add(accountId, -own);
          own = 0;
        },
      };
    },
  };
}

function tooMany(what: string): ProblemError {
  return new ProblemError('overloaded', `${what} under way. Send it again in a few seconds.`, { retryAfterSeconds });
}

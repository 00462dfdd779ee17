import { ProblemError } from '../problems/problem-error.ts';

/** How much memory the large bodies that are under way may take together; more of them have to come later. */
export interface MemoryBudget {
  reserve(accountId: string): MemoryReservation;
}

/** What one of them takes. */
export interface MemoryReservation {
  /** Takes more; a ProblemError where all of them take too much, or those of the account more than its share. */
  grow(bytes: number): void;
  release(): void;
}

interface MemoryLimits {
  /** What they are, for the refusal: `uploads`. */
  what: string;
  mostBytes: number;
  /** What one account takes at most, so that its slow ones leave something to others. */
  mostBytesOfAccount: number;
}

const retryAfterSeconds = 5;

export function createMemoryBudget({ what, mostBytes, mostBytesOfAccount }: MemoryLimits): MemoryBudget {
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
          if ((takenBy.get(accountId) ?? 0) + bytes > mostBytesOfAccount) throw tooMany(`Too many of your ${what} are`);
          if (taken + bytes > mostBytes) throw tooMany(`Too many ${what} are`);
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

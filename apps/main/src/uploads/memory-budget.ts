import { ProblemError } from '../problems/problem-error.ts';

/** How much memory the uploads that are under way may take together; more of them have to come later. */
export interface MemoryBudget {
  reserve(): MemoryReservation;
}

/** What one upload takes. */
export interface MemoryReservation {
  /** Takes more; a ProblemError where all of them take too much. */
  grow(bytes: number): void;
  release(): void;
}

const retryAfterSeconds = 5;

export function createMemoryBudget(mostBytes: number): MemoryBudget {
  let taken = 0;
  return {
    reserve() {
      let own = 0;
      return {
        grow(bytes) {
          if (taken + bytes > mostBytes) {
            const detail = 'Too many uploads are under way. Send it again in a few seconds.';
            throw new ProblemError('overloaded', detail, { retryAfterSeconds });
          }
          taken += bytes;
          own += bytes;
        },
        release() {
          taken -= own;
          own = 0;
        },
      };
    },
  };
}

/** Who holds some of the memory that many share. */
export interface BudgetHolder {
  /** Gives up its oldest piece, and says so by `gave`. */
  dropOldest(): void;
}

/** The memory that many share, in bytes. Where it is used up, who has taken nothing for longest gives up its oldest pieces first. */
export interface SharedBudget {
  took(holder: BudgetHolder, bytes: number): void;
  gave(holder: BudgetHolder, bytes: number): void;
}

export function createSharedBudget(maxBytes: number): SharedBudget {
  /** Who took something last is the last. */
  const heldBy = new Map<BudgetHolder, number>();
  let total = 0;

  return {
    took(holder, bytes) {
      const held = heldBy.get(holder) ?? 0;
      heldBy.delete(holder);
      heldBy.set(holder, held + bytes);
      total += bytes;
      while (total > maxBytes) {
        const [longestQuiet] = heldBy.keys();
        if (longestQuiet === undefined) return;
        longestQuiet.dropOldest();
      }
    },
    gave(holder, bytes) {
      const left = (heldBy.get(holder) ?? 0) - bytes;
      if (left > 0) heldBy.set(holder, left);
      else heldBy.delete(holder);
      total -= bytes;
    },
  };
}

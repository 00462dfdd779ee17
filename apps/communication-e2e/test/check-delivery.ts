/** What is wrong with what a subscriber has seen of a log. */
export interface DeliveryFaults {
  readonly missed: number[];
  readonly repeated: number[];
  /** Seen after a greater one. */
  readonly outOfOrder: number[];
  /** Of another subject, or of no log. */
  readonly strange: number[];
}

/** Compares the sequences that a subscriber has seen, in the order in which they came, with those that the log has for it. */
export function findDeliveryFaults(expected: readonly number[], seen: readonly number[]): DeliveryFaults {
  const known = new Set(expected);
  const once = new Set<number>();
  const faults: DeliveryFaults = { missed: [], repeated: [], outOfOrder: [], strange: [] };
  let greatest = 0;
  for (const sequence of seen) {
    if (once.has(sequence)) faults.repeated.push(sequence);
    else if (sequence < greatest) faults.outOfOrder.push(sequence);
    if (!known.has(sequence)) faults.strange.push(sequence);
    once.add(sequence);
    greatest = Math.max(greatest, sequence);
  }
  faults.missed.push(...expected.filter((sequence) => !once.has(sequence)));
  return faults;
}

export const noFaults: DeliveryFaults = { missed: [], repeated: [], outOfOrder: [], strange: [] };

export interface Backoff {
  /** The pause after the first failure, in milliseconds. */
  firstMs: number;
  /** The longest pause. */
  mostMs: number;
  /** From 0 to 1. */
  random?: () => number;
}

const mostDoublings = 50;

/** How long to pause after so many failures in a row: twice as long each time, shortened at random by up to half so that many clients do not come at once. */
export function backoffMs(failures: number, { firstMs, mostMs, random = Math.random }: Backoff): number {
  // Past any pause the power is infinite, which a first pause of 0 would make no number.
  const longest = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, mostDoublings));
  return longest * (1 - random() / 2);
}

import type { BenchAccount } from './accounts.ts';

/** What a finished call left behind, for comparing the two sides and for polling it. */
export interface FinishedCall {
  readonly id: string;
  readonly imageBytes: number;
  readonly imageSha256: string;
}

/** One side of a comparison, as the load sees it. */
export interface CallTarget {
  /** Hands a call in; resolves with the acknowledgement. */
  accept(account: BenchAccount): Promise<void>;
  /** Hands a call in and resolves when it has ended well. */
  complete(account: BenchAccount): Promise<FinishedCall>;
  close(): Promise<void>;
}

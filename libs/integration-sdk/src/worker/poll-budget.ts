/** A token bucket: how often one set of credentials may ask its provider. */
export interface PollBudget {
  /** Waits, first come first served, until one more look is allowed. Rejects with the signal's reason where it is aborted before. */
  take(signal?: AbortSignal): Promise<void>;
  /** The provider asked for patience: nobody looks for so long. A shorter wish than what already holds changes nothing. */
  slowDown(seconds: number): void;
}

/** What every request takes. */
export interface RequestOptions {
  /** Ends it; it rejects with the signal's reason. What was sent may have been accepted all the same. */
  signal?: AbortSignal;
}

/** What every request takes that makes something. */
export interface CreateOptions extends RequestOptions {
  /**
   * The same key with the same body answers the same call, whoever sends it again and whenever. Without one the client makes one and keeps to it through its own
   * repeats and in its errors; give one where the wish outlives the process, for instance an order number, or where a signal may end it: the signal's reason
   * tells no key.
   */
  idempotencyKey?: string;
  /** How often it is sent at most until it is answered. Default: 5; 1 for whoever repeats it by himself, under the same key. */
  attempts?: number;
}

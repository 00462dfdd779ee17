/** Somebody who follows one subject, whatever the way, and is cut off again and again. */
export interface Follower {
  /** The sequences of what came, in the order in which it came. */
  readonly seen: readonly number[];
  /** Errors that it was told of. */
  readonly errors: readonly string[];
  /** How many connections it has had. */
  readonly connections: number;
  /** Ends the connection as a lost network does. */
  cut(): void;
  stop(): void;
}

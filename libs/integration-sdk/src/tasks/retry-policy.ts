import { withDefaults } from './with-defaults.ts';

/** How often and when a failed step is tried again. Delays are in milliseconds. */
export interface AsyncTaskRetryPolicy {
  /** A step is executed at most `maxRetries + 1` times. */
  readonly maxRetries: number;
  readonly initialDelay: number;
  readonly maxDelay: number;
  /** Each delay is the one before it times this. */
  readonly backoffMultiplier: number;
}

const defaultRetryPolicy: AsyncTaskRetryPolicy = {
  maxRetries: 3,
  initialDelay: 1000,
  maxDelay: 30_000,
  backoffMultiplier: 2,
};

/** The policy with its defaults. Throws a RangeError that names what no policy can be. */
export function readRetryPolicy(given: Partial<AsyncTaskRetryPolicy> = {}): AsyncTaskRetryPolicy {
  const policy = withDefaults(defaultRetryPolicy, given);
  const { maxRetries, initialDelay, maxDelay, backoffMultiplier } = policy;
  require(Number.isInteger(maxRetries) && maxRetries >= 0, 'maxRetries must be a whole number, 0 or more');
  require(Number.isFinite(initialDelay) && initialDelay > 0, 'initialDelay must be milliseconds, more than 0');
  require(Number.isFinite(maxDelay) && maxDelay >= initialDelay, 'maxDelay must be no less than initialDelay');
  require(Number.isFinite(backoffMultiplier) && backoffMultiplier >= 1, 'backoffMultiplier must be 1 or more');
  return policy;
}

function require(isSo: boolean, rule: string): void {
  if (!isSo) throw new RangeError(`The retryPolicy of a task is not valid: ${rule}.`);
}

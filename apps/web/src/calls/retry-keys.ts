import { drawKey } from '../darkroom/draw-key.ts';
import { isRefusedForGood } from '../darkroom/refusal.ts';
import { keptForAccount, type KeptForAccount } from '../session/kept-for.ts';

const sameWishMs = 1_500;

/** Where the keys of retries without an answer are kept. */
type KeyStorage = Pick<KeptForAccount, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * The Idempotency-Keys of retries. Whoever presses again before there is an answer, after a lost one or in the moment after a good one, wishes the
 * same: under the same key he gets the call that was made, also after a reload. What was refused for good made nothing, and is asked for anew.
 */
export class RetryKeys {
  private readonly made = new Map<string, { key: string; at: number }>();
  private readonly storage: KeyStorage;
  private readonly now: () => number;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(storage: KeyStorage, now: () => number = () => performance.now()) {
    this.storage = storage;
    this.now = now;
  }

  keyFor(callId: string): string {
    const made = this.made.get(callId);
    if (made !== undefined && this.now() - made.at < sameWishMs) return made.key;
    const unanswered = this.storage.getItem(nameOf(callId));
    if (unanswered !== null) return unanswered;
    const key = drawKey();
    this.storage.setItem(nameOf(callId), key);
    return key;
  }

  /** `key`: the one under which it was made. */
  noteMade(callId: string, key: string): void {
    if (this.made.get(callId)?.key !== key) this.made.set(callId, { key, at: this.now() });
    this.storage.removeItem(nameOf(callId));
  }

  noteFault(callId: string, error: unknown): void {
    if (isRefusedForGood(error)) this.storage.removeItem(nameOf(callId));
  }
}

function nameOf(callId: string): string {
  return `retry/${callId}`;
}

/** Those of this page. */
export const retryKeys = new RetryKeys(keptForAccount);

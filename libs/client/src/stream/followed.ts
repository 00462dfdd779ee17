import type { AccountEvent, Subject } from './events.ts';
import type { PushHappening } from './channel-choice.ts';
import type { HeldToken } from './held-token.ts';

/** What a channel knows of the subscription that it serves. */
export interface Followed {
  readonly subject: Subject;
  readonly token: HeldToken;
  /** The last sequence that the subscription has: a channel begins behind it. */
  after: () => number;
  /** Hands an event over, unless it came by another channel before. Never throws. */
  take: (event: AccountEvent) => void;
}

/** Hears what becomes of one way of push, and why. */
export type TellHappening = (happening: PushHappening, fault?: Error) => void;

/** A way of push that was open for less is not worth waiting for. */
export const stableMs = 5_000;

/** The pauses between attempts of a way of push. */
export const pushBackoff = { firstMs: 250, mostMs: 15_000 };

/** The server sends something every 15 seconds at least. */
export const longestSilenceMs = 40_000;

import type { StreamErrorCode, StreamTokenClaims } from '@darkroom/contract';
import { streamTokenFacts } from '@darkroom/contract';
import type { Connection } from '../connections/connection.ts';
import { type ErrorFacts, errorNotice } from '../connections/notices.ts';
import type { EventFrames } from '../log/event-frames.ts';
import type { LogReader } from '../log/log-reader.ts';

/** What a subscription lives by: its token's times, in milliseconds since 1970, and the session behind it. */
export interface Permission {
  readonly tokenExpiresAt: number;
  /** The same, with what clocks may differ. */
  readonly endsAt: number;
  /** When a fifth of its life is left. */
  readonly expiringAt: number;
  readonly sessionId: string | undefined;
}

export interface SubscriptionStart {
  connection: Connection;
  claims: StreamTokenClaims;
  /** Behind which sequence its events begin, or `endOfLog`. */
  after: number;
  /** Called once, when nothing more is to be delivered. */
  onEnd: (subscription: Subscription) => void;
}

/** Where its log cannot be read for so long, though `main` answers, its client is told. */
const toldFaultyAfterMs = 5_000;

/** One subject that a connection follows. */
export class Subscription implements LogReader {
  readonly accountId: string;
  readonly subject: string;
  readonly connection: Connection;
  readonly #onEnd: (subscription: Subscription) => void;
  cursor: number;
  lastCallSequence: number | undefined;
  permission: Permission;
  /** Whether the session behind it is known to live. */
  isAdmitted = false;
  hasBegun = false;
  isOver = false;
  hasToldExpiring = false;
  /** Whether its client knows that the log is away, and nothing else since. */
  hasToldAway = false;
  /** Since when it waits for a log that cannot be read. */
  #faultySince: number | undefined;

  constructor({ connection, claims, after, onEnd }: SubscriptionStart) {
    this.accountId = claims.sub;
    this.subject = claims.subject;
    this.connection = connection;
    this.cursor = after;
    this.permission = toPermission(claims);
    this.#onEnd = onEnd;
  }

  /** A newer token takes the place of the one before. */
  renew(claims: StreamTokenClaims): void {
    this.permission = toPermission(claims);
    this.hasToldExpiring = false;
  }

  hasRoom(): boolean {
    return this.connection.hasRoom();
  }

  begin(): void {
    this.#faultySince = undefined;
    if (this.hasBegun && !this.hasToldAway) return;
    this.hasBegun = true;
    this.hasToldAway = false;
    this.connection.say({ type: 'subscribed', subject: this.subject, after: this.cursor });
  }

  take(frames: EventFrames): void {
    this.connection.event(this.subject, frames);
  }

  noteFault(): void {
    this.#faultySince ??= Date.now();
    if (Date.now() - this.#faultySince >= toldFaultyAfterMs) this.tellAway();
  }

  fallBehind(): void {
    this.connection.park(this);
  }

  endRemoved(removedThrough: number): void {
    this.endWith('events_removed', { removedThrough });
  }

  endAhead(head: number): void {
    const detail = `The account's last sequence is ${head}, and ${this.cursor} is behind it. Subscribe behind a sequence that the log has.`;
    this.endWith('sequence_ahead', { detail });
  }

  /** Says that the log cannot be read, once until it can: its client polls meanwhile, where `main` is away from here only. */
  tellAway(): void {
    if (this.hasToldAway) return;
    this.hasToldAway = true;
    // A stream of server-sent events has no other way to say it.
    if (this.connection.wire.channel === 'sse') return this.endWith('log_away');
    this.connection.say(errorNotice('log_away', { subject: this.subject }));
  }

  /** `main` answers again. Whoever has all that was read before hears that the rest follows; others do when they are read for. */
  tellBack(): void {
    if (this.hasBegun && this.hasToldAway && this.#faultySince === undefined) this.begin();
  }

  /** Ends it and says why. The connection lives on. */
  endWith(code: StreamErrorCode, facts: ErrorFacts = {}): void {
    if (this.isOver) return;
    this.end();
    this.connection.say(errorNotice(code, { ...facts, subject: this.subject }));
  }

  /** Ends it without a word. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#onEnd(this);
  }
}

function toPermission({ iat, exp, sid }: StreamTokenClaims): Permission {
  return {
    tokenExpiresAt: exp * 1000,
    endsAt: (exp + streamTokenFacts.clockToleranceSeconds) * 1000,
    expiringAt: (exp - (exp - iat) / 5) * 1000,
    sessionId: sid,
  };
}

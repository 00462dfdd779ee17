import type { StreamClosingName } from '@darkroom/contract';
import type { EventFrames } from '../log/event-frames.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Notice, Wire } from './wire.ts';

/** One client's connection, with what it follows. There may be many thousands, so it has no timer of its own. */
export class Connection {
  readonly wire: Wire;
  /** Of its first token. It belongs to no other account from then on. */
  accountId: string | undefined;
  readonly subscriptions = new Map<string, Subscription>();
  /** Those that wait until the client has taken what it was sent. */
  readonly parked = new Set<Subscription>();
  isClosing = false;
  lastSentAt: number;
  /** Since when it has not taken what it was sent. */
  stalledSince: number | undefined;
  /** Since when nothing is subscribed. */
  idleSince: number;
  hasSubscribed = false;
  /** When a token of one of its subscriptions has to be looked at. */
  nextTokenAt = Number.POSITIVE_INFINITY;
  /** Whether its subscriptions were told that `main` is away, and not yet that it is back. */
  hasToldAway = false;
  faultsInARow = 0;
  lastPingAt: number;
  unansweredPings = 0;

  readonly #countEvent: (channel: Wire['channel']) => void;

  constructor(wire: Wire, countEvent: (channel: Wire['channel']) => void) {
    const now = Date.now();
    this.wire = wire;
    this.#countEvent = countEvent;
    this.lastSentAt = now;
    this.idleSince = now;
    this.lastPingAt = now;
  }

  hasRoom(): boolean {
    return this.wire.hasRoom();
  }

  event(subject: string, frames: EventFrames): void {
    if (this.isClosing) return;
    this.#countEvent(this.wire.channel);
    this.lastSentAt = Date.now();
    this.wire.event(subject, frames);
  }

  say(notice: Notice): void {
    if (this.isClosing) return;
    this.lastSentAt = Date.now();
    this.wire.say(notice);
  }

  /** There is no room for what the client is to be sent. */
  noteStall(): void {
    this.stalledSince ??= Date.now();
  }

  /** Keeps a subscription for which there is no room until there is. */
  park(subscription: Subscription): void {
    this.noteStall();
    this.parked.add(subscription);
  }

  /** The client has taken what it was sent: those that waited for that, who are not kept any longer. */
  unpark(): Subscription[] {
    this.stalledSince = undefined;
    const parked = [...this.parked];
    this.parked.clear();
    return parked;
  }

  close(closing: StreamClosingName): void {
    if (this.isClosing) return;
    this.isClosing = true;
    this.wire.close(closing);
  }
}

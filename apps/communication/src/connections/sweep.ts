import type { Connection } from './connection.ts';
import { type Connections, partCount } from './connections.ts';

/** What a sweep may do to a connection. */
export interface SweepActions {
  /** Cuts off a reader who does not take what it is sent. */
  cutSlow(connection: Connection): void;
  /** Ends a connection whose client is gone. */
  endGone(connection: Connection): void;
  closeIdle(connection: Connection): void;
}

/** How long what may last, in milliseconds. */
export interface StreamTimings {
  /** Every connection is looked at once in so long. */
  readonly sweep: number;
  /** After so long without another message. */
  readonly heartbeat: number;
  readonly ping: number;
  /** A reader who takes nothing for so long is cut off: until then it costs what its connection may hold. */
  readonly slow: number;
  /** A WebSocket on which nothing was subscribed yet. */
  readonly neverSubscribed: number;
  /** A connection on which nothing is subscribed any more. */
  readonly idle: number;
  /** Where `main` is away for so long, its subscriptions are told so. */
  readonly away: number;
}

export const defaultTimings: StreamTimings = {
  sweep: 1_000,
  heartbeat: 15_000,
  ping: 30_000,
  slow: 20_000,
  neverSubscribed: 10_000,
  idle: 60_000,
  away: 5_000,
};

const pingsUnanswered = 2;

/** What a sweep goes by. */
export interface SweepMoment {
  now: number;
  main: 'answers' | 'missing' | 'away';
  timings: StreamTimings;
}

/** How `main` is: not every question that it does not answer is told. `awaySince`: undefined while it answers. */
export function judgeMain(awaySince: number | undefined, { away }: StreamTimings): SweepMoment['main'] {
  if (awaySince === undefined) return 'answers';
  return Date.now() - awaySince >= away ? 'away' : 'missing';
}

/** Does for one connection what its time has come for. */
export function sweepConnection(
  connection: Connection,
  { now, main, timings }: SweepMoment,
  actions: SweepActions,
): void {
  const { wire, stalledSince } = connection;
  const idleForMs = connection.subscriptions.size === 0 ? now - connection.idleSince : 0;
  // What a stream of server-sent events ends with is not read either. A WebSocket's own library sees to its end.
  if (wire.channel === 'sse' && idleForMs >= timings.idle) return actions.endGone(connection);
  if (connection.isClosing) return;
  if (stalledSince !== undefined && now - stalledSince >= timings.slow) return actions.cutSlow(connection);
  if (wire.channel === 'websocket') {
    if (idleForMs >= (connection.hasSubscribed ? timings.idle : timings.neverSubscribed))
      return actions.closeIdle(connection);
    if (now - connection.lastPingAt >= timings.ping) {
      if (connection.unansweredPings >= pingsUnanswered) return actions.endGone(connection);
      connection.lastPingAt = now;
      connection.unansweredPings += 1;
      wire.ping();
    }
  }
  if (now >= connection.nextTokenAt) sweepTokens(connection, now);
  if (main === 'away') tellAway(connection);
  if (main === 'answers' && connection.hasToldAway) tellBack(connection);
  if (now - connection.lastSentAt >= timings.heartbeat && connection.hasRoom()) connection.say({ type: 'heartbeat' });
}

function tellAway(connection: Connection): void {
  connection.hasToldAway = true;
  for (const subscription of connection.subscriptions.values()) subscription.tellAway();
}

function tellBack(connection: Connection): void {
  connection.hasToldAway = false;
  for (const subscription of connection.subscriptions.values()) subscription.tellBack();
}

/** Ends what has no valid token any more, says which tokens will soon be none, and notes when to look again. */
function sweepTokens(connection: Connection, now: number): void {
  let next = Number.POSITIVE_INFINITY;
  for (const subscription of connection.subscriptions.values()) {
    const { subject, permission } = subscription;
    if (now >= permission.endsAt) {
      subscription.endWith('token_expired');
      continue;
    }
    if (now >= permission.expiringAt && !subscription.hasToldExpiring) {
      subscription.hasToldExpiring = true;
      const expiresAt = new Date(permission.tokenExpiresAt).toISOString();
      connection.say({ type: 'token_expiring', subject, expiresAt });
    }
    next = Math.min(next, subscription.hasToldExpiring ? permission.endsAt : permission.expiringAt);
  }
  connection.nextTokenAt = next;
}

/** Visits all connections once in a time, a part of them at each tick of one timer. Answers the function that ends it. */
export function visitRegularly(
  connections: Connections,
  sweepMs: number,
  visit: (connection: Connection) => void,
): () => void {
  const timer = setInterval(() => connections.visitNext(visit), sweepMs / partCount);
  return () => clearInterval(timer);
}

import type { StreamClosingName } from '@darkroom/contract';
import type { Connection } from './connection.ts';
import type { Wire } from './wire.ts';

export interface ConnectionLimits {
  maxConnections: number;
  maxConnectionsPerAccount: number;
}

/** All connections, with their limits. */
export interface Connections {
  readonly isFull: boolean;
  count(channel: Wire['channel']): number;
  /** Ends the oldest of those that have never subscribed where it makes too many of them: who subscribes finds room. */
  add(connection: Connection): void;
  /** The connection has ended. */
  remove(connection: Connection): void;
  /** Makes a connection the account's; false where the account has as many as it may. */
  claim(connection: Connection, accountId: string): boolean;
  /** Says why, and ends it. It is counted once. */
  close(connection: Connection, closing: StreamClosingName): void;
  /** The same where its wire has said why already. */
  noteClosed(connection: Connection, reason: CutOffReason): void;
  /** Visits a part of them; all of them within as many visits as there are parts. */
  visitNext(visit: (connection: Connection) => void): void;
  all(): Connection[];
}

/** Of the connections that may be open, a part may be WebSockets that have subscribed to nothing yet, and one always. Clients need a moment for that. */
const neverSubscribedPart = 1 / 4;

/** What closing a connection brings with it. */
export interface ClosingEffects {
  endSubscriptions: (connection: Connection) => void;
  countCutOff: (reason: CutOffReason) => void;
}

/** `protocol`: what the client sent was no WebSocket frame. */
export type CutOffReason = StreamClosingName | 'protocol';

/** So many parts, that a visit to each of ten thousands takes no long turn. */
export const partCount = 20;

export function createConnections(
  { maxConnections, maxConnectionsPerAccount }: ConnectionLimits,
  { endSubscriptions, countCutOff }: ClosingEffects,
): Connections {
  const parts = Array.from({ length: partCount }, () => new Set<Connection>());
  const byAccount = new Map<string, number>();
  const counts = { websocket: 0, sse: 0 };
  /** In the order in which they came. */
  const neverSubscribed = new Set<Connection>();
  const mostNeverSubscribed = Math.max(1, maxConnections * neverSubscribedPart);
  let nextAdded = 0;
  let nextVisited = 0;

  const close = (connection: Connection, closing: StreamClosingName) => {
    if (!connection.isClosing) countCutOff(closing);
    connection.close(closing);
    endSubscriptions(connection);
  };

  const noteClosed = (connection: Connection, reason: CutOffReason) => {
    if (!connection.isClosing) countCutOff(reason);
    connection.isClosing = true;
    endSubscriptions(connection);
  };

  const makeRoom = () => {
    const [oldest] = neverSubscribed;
    if (oldest === undefined || neverSubscribed.size <= mostNeverSubscribed) return;
    neverSubscribed.delete(oldest);
    close(oldest, 'nothing_subscribed');
    // Its place is needed now, and not when its client has answered.
    oldest.wire.terminate();
  };

  return {
    get isFull() {
      return counts.websocket + counts.sse >= maxConnections;
    },
    count: (channel) => counts[channel],
    add(connection) {
      parts[nextAdded++ % partCount]?.add(connection);
      counts[connection.wire.channel] += 1;
      if (connection.wire.channel !== 'websocket') return;
      neverSubscribed.add(connection);
      makeRoom();
    },
    remove(connection) {
      if (!parts.some((part) => part.delete(connection))) return;
      counts[connection.wire.channel] -= 1;
      neverSubscribed.delete(connection);
      connection.isClosing = true;
      const { accountId } = connection;
      if (accountId !== undefined) {
        const left = (byAccount.get(accountId) ?? 1) - 1;
        if (left === 0) byAccount.delete(accountId);
        else byAccount.set(accountId, left);
      }
      endSubscriptions(connection);
    },
    claim(connection, accountId) {
      if (connection.accountId === accountId) return true;
      const held = byAccount.get(accountId) ?? 0;
      if (held >= maxConnectionsPerAccount) return false;
      byAccount.set(accountId, held + 1);
      connection.accountId = accountId;
      neverSubscribed.delete(connection);
      return true;
    },
    close,
    noteClosed,
    visitNext(visit) {
      for (const connection of parts[nextVisited++ % partCount] ?? []) visit(connection);
    },
    all: () => parts.flatMap((part) => [...part]),
  };
}

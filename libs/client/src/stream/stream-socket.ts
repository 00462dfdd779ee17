import type { StreamClientMessage, StreamServerMessage } from '@darkroom/contract';
import type { AccountEvent } from './events.ts';
import { refusingClosings } from './refusing-closings.ts';
import { watchSilence } from './silence-watch.ts';
import type { StreamFault } from './stream-fault.ts';

export type WebSocketConstructor = typeof WebSocket;

/** Hears of one subscription. */
export interface SocketListener {
  onSubscribed(): void;
  onEvent(event: AccountEvent): void;
  onTokenExpiring(): void;
  /** The server cannot read the log at present; the subscription stays. */
  onStalled(detail: string): void;
  /** Nothing more comes. Without a fault the connection is gone. */
  onEnd(fault: StreamFault | undefined): void;
}

/** One subscription on a connection. */
export interface SocketSubscription {
  /** Does nothing where it is over. */
  renew(token: string): void;
  /** Ends it; its listener hears nothing more. */
  leave(): void;
}

/** One WebSocket connection, with many subscriptions. It closes with the last of them. */
export interface StreamSocket {
  /** Whether a subscription of this subject can be added: a connection knows each subject once. */
  takes(subject: string): boolean;
  subscribe(subject: string, from: { token: string; after: number }, listener: SocketListener): SocketSubscription;
}

interface SocketOptions {
  silenceMs: number;
  /** Called once, before the subscriptions on it end. */
  onClosed: (how: SocketEnding) => void;
}

/** `left`: nothing was subscribed any more. `refused`: the server would close the next one too, and says why. */
export type SocketEnding = { kind: 'left' | 'lost' } | { kind: 'refused'; fault: Error };

interface Entry {
  listener: SocketListener;
  isConfirmed: boolean;
}

/** Servers take a thousand, where nobody has said something else. */
const mostPerConnection = 500;

/** Takes a WebSocket that is open into use. */
export function createStreamSocket(socket: WebSocket, { silenceMs, onClosed }: SocketOptions): StreamSocket {
  const entries = new Map<string, Entry>();
  /** Left, and perhaps not yet by the server's account. */
  const leaving = new Set<string>();
  let isFull = false;
  let isClosed = false;
  const silence = watchSilence(silenceMs, () => finish(lost));
  // Whoever waited for it subscribes in this turn, or has gone meanwhile.
  const unused = setTimeout(closeWhenIdle);

  socket.addEventListener('message', ({ data }) => {
    silence.heard();
    const message = readMessage(data);
    // Whoever sends something else is no server of ours.
    if (message === undefined) finish(lost);
    else receive(message);
  });
  socket.addEventListener('close', (event) => finish(endingOf(event)));

  function receive(message: StreamServerMessage): void {
    if (message.type === 'heartbeat') return;
    const entry = message.subject === undefined ? undefined : entries.get(message.subject);
    switch (message.type) {
      case 'event':
        return entry?.listener.onEvent(message.event as AccountEvent);
      case 'subscribed':
        if (entry !== undefined) entry.isConfirmed = true;
        return entry?.listener.onSubscribed();
      case 'token_expiring':
        return entry?.listener.onTokenExpiring();
      case 'unsubscribed':
        return void leaving.delete(message.subject);
      case 'renewed':
        return;
      case 'error':
        return fault(message, entry);
    }
  }

  function fault(message: Extract<StreamServerMessage, { type: 'error' }>, entry: Entry | undefined): void {
    if (message.code === 'log_away') return entry?.listener.onStalled(message.detail);
    if (message.code === 'too_many_subscriptions') isFull = true;
    if (message.subject !== undefined) {
      leaving.delete(message.subject);
      // The server may have it still: what was refused to a renewal leaves the subscription as it was. It is begun anew.
      if (entry?.isConfirmed || message.code === 'already_subscribed') giveBack(message.subject);
      return end(message.subject, message);
    }
    // It does not say of which: it is about one that was not confirmed yet. What was accepted all the same is given back.
    for (const [subject, { isConfirmed }] of [...entries]) {
      if (isConfirmed) continue;
      giveBack(subject);
      end(subject, message);
    }
  }

  function giveBack(subject: string): void {
    leaving.add(subject);
    send({ type: 'unsubscribe', subject });
  }

  function end(subject: string, why: StreamFault | undefined): void {
    const entry = entries.get(subject);
    entries.delete(subject);
    entry?.listener.onEnd(why);
    closeWhenIdle();
  }

  function closeWhenIdle(): void {
    if (entries.size === 0) finish({ kind: 'left' });
  }

  function finish(how: SocketEnding): void {
    if (isClosed) return;
    isClosed = true;
    silence.stop();
    clearTimeout(unused);
    socket.close(1000);
    onClosed(how);
    for (const [subject, { listener }] of [...entries]) {
      entries.delete(subject);
      listener.onEnd(undefined);
    }
  }

  function send(message: StreamClientMessage): void {
    socket.send(JSON.stringify(message));
  }

  return {
    takes: (subject) =>
      !isClosed && !isFull && entries.size < mostPerConnection && !entries.has(subject) && !leaving.has(subject),
    subscribe(subject, { token, after }, listener) {
      const entry = { listener, isConfirmed: false };
      entries.set(subject, entry);
      send({ type: 'subscribe', token, after });
      return {
        renew(newer) {
          if (entries.get(subject) === entry) send({ type: 'renew', token: newer });
        },
        leave() {
          if (isClosed || entries.get(subject) !== entry) return;
          entries.delete(subject);
          if (entries.size > 0) giveBack(subject);
          closeWhenIdle();
        },
      };
    },
  };
}

const lost: SocketEnding = { kind: 'lost' };

function endingOf({ code, reason }: CloseEvent): SocketEnding {
  if (!refusingClosings.has(code)) return lost;
  return { kind: 'refused', fault: new Error(`The server closed the WebSocket with the code ${code}: ${reason}`) };
}

/** Kinds of messages that a newer server may have are left alone. */
function readMessage(data: unknown): StreamServerMessage | undefined {
  try {
    const message: unknown = typeof data === 'string' ? JSON.parse(data) : undefined;
    const isOne = typeof message === 'object' && message !== null && 'type' in message;
    return isOne ? (message as StreamServerMessage) : undefined;
  } catch {
    return undefined;
  }
}

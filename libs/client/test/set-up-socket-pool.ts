import { jest } from '@jest/globals';
import { createSocketPool } from '../src/stream/socket-pool.ts';
import type { SocketListener } from '../src/stream/stream-socket.ts';

/** Opens or fails as it is told, and remembers what was sent. */
export class PretendedSocket extends EventTarget {
  static all: PretendedSocket[] = [];
  static fails = false;
  readonly url: string;
  readonly sent: unknown[] = [];
  isClosed = false;

  constructor(url: string) {
    super();
    this.url = url;
    PretendedSocket.all.push(this);
    const outcome = new Event(PretendedSocket.fails ? 'error' : 'open');
    void Promise.resolve().then(() => this.dispatchEvent(outcome));
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.isClosed = true;
  }

  say(message: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(message) }));
  }

  lose(code = 1006, reason = ''): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }));
  }
}

export const listener = (): jest.Mocked<SocketListener> => ({
  onSubscribed: jest.fn(),
  onEvent: jest.fn(),
  onTokenExpiring: jest.fn(),
  onStalled: jest.fn(),
  onEnd: jest.fn(),
});

/** A pool over pretended sockets, which open. It goes by the pretended time of Jest. */
export function setUpSocketPool() {
  PretendedSocket.all = [];
  PretendedSocket.fails = false;
  const options = { openTimeoutMs: 5_000, now: () => Date.now() };
  const pool = createSocketPool(PretendedSocket as unknown as typeof WebSocket, options);
  const life = new AbortController();
  const attach = (subject: string, heard = listener(), signal: AbortSignal = life.signal) => {
    const onAttemptFailed = jest.fn();
    const from = () => ({ token: `token of ${subject}`, after: 7 });
    const url = 'https://darkroom.test/v1/stream';
    const attached = pool.attach({ url, subject, from, listener: heard, onAttemptFailed }, signal);
    return { attached, heard, onAttemptFailed };
  };
  return { attach, life, sockets: PretendedSocket.all };
}

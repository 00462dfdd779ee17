import { type Channel, type ChannelInUse, createDarkroom } from '@darkroom/client';
import { WebSocket } from 'ws';
import type { Follower } from './follower.ts';

interface ClientPlace {
  mainUrl: string;
  apiKey: string;
  /** The way of push that it uses; it polls while that is cut. */
  push: Exclude<Channel, 'polling'>;
}

/** Follows the account, or a call to its end, as an application does: by @darkroom/client, whose connections are cut under it. */
export class ClientSubscriber implements Follower {
  readonly #sockets = new Set<WebSocket>();
  readonly #stopping = new AbortController();
  #requests = new AbortController();
  readonly subject: string;
  readonly seen: number[] = [];
  readonly errors: string[] = [];
  connections = 0;
  /** How many events came while its way of push was open. */
  seenByPush = 0;
  #channel: ChannelInUse = 'connecting';

  constructor({ mainUrl, apiKey, push }: ClientPlace, subject: string) {
    this.subject = subject;
    const channels = [push, 'polling'] as const;
    const darkroom = createDarkroom({
      ...{ baseUrl: mainUrl, apiKey, channels, WebSocket: this.#cuttableWebSocket() },
      fetch: (request) => this.#fetch(request),
    });
    const options = {
      onEvent: ({ sequence }: { sequence: number }) => {
        this.seen.push(sequence);
        if (this.#channel === push) this.seenByPush += 1;
      },
      onChannel: (channel: ChannelInUse) => void (this.#channel = channel),
      signal: this.#stopping.signal,
    };
    const { finished } =
      subject === 'account'
        ? darkroom.subscribe({ account: true, ...options })
        : darkroom.subscribe({ call: subject, ...options });
    finished.catch((error: unknown) => {
      if (!this.#stopping.signal.aborted) this.errors.push(String(error));
    });
  }

  cut(): void {
    for (const socket of this.#sockets) socket.terminate();
    this.#requests.abort();
    this.#requests = new AbortController();
  }

  stop(): void {
    this.#stopping.abort();
  }

  #fetch(request: Request): Promise<Response> {
    if (request.headers.get('accept') !== 'text/event-stream') return fetch(request);
    this.connections += 1;
    // Beside the request: in another one made of it the signal would be lost as soon as that is collected, and nothing would be cut.
    return fetch(request, { signal: AbortSignal.any([request.signal, this.#requests.signal]) });
  }

  #cuttableWebSocket(): typeof globalThis.WebSocket {
    const onOpen = (socket: WebSocket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    };
    class CuttableWebSocket extends WebSocket {
      constructor(url: string) {
        super(url);
        this.on('open', () => onOpen(this));
        // Nobody listens while it is restarted.
        this.on('error', () => undefined);
      }
    }
    // What the client uses of it, both have.
    return CuttableWebSocket as unknown as typeof globalThis.WebSocket;
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { AccountEvent } from '@darkroom/contract';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Follower } from './follower.ts';

// The whole of each event is compared with the log elsewhere; here it must be cheap.
const messageSchema = z.looseObject({
  type: z.string(),
  event: z.custom<AccountEvent>().optional(),
});

const reconnectMs = 100;

/** Follows one subject over a WebSocket, and connects again behind the last event whenever it is cut off. */
export class Subscriber implements Follower {
  readonly #streamUrl: string;
  readonly #token: string;
  readonly #hears: (event: AccountEvent) => boolean;
  #socket: WebSocket | undefined;
  #isStopped = false;
  readonly seen: number[] = [];
  readonly errors: string[] = [];
  connections = 0;

  /** `hears`: whether it keeps an event; one that it does not is lost on purpose. */
  constructor(streamUrl: string, token: string, hears: (event: AccountEvent) => boolean = () => true) {
    this.#streamUrl = streamUrl.replace(/^http/, 'ws');
    this.#token = token;
    this.#hears = hears;
    this.#connect();
  }

  cut(): void {
    this.#socket?.terminate();
  }

  stop(): void {
    this.#isStopped = true;
    this.cut();
  }

  #connect(): void {
    if (this.#isStopped) return;
    const socket = new WebSocket(this.#streamUrl);
    this.#socket = socket;
    socket.on('open', () => {
      this.connections += 1;
      socket.send(JSON.stringify({ type: 'subscribe', token: this.#token, after: this.#last }));
    });
    socket.on('message', (data: Buffer) => this.#take(messageSchema.parse(JSON.parse(data.toString()))));
    // Nobody listens while it is restarted.
    socket.on('error', () => undefined);
    socket.on('close', () => void delay(reconnectMs * Math.random()).then(() => this.#connect()));
  }

  #last = 0;

  #take({ type, event, ...rest }: z.infer<typeof messageSchema>): void {
    if (type === 'error') this.errors.push(JSON.stringify(rest));
    if (event === undefined) return;
    this.#last = event.sequence;
    if (this.#hears(event)) this.seen.push(event.sequence);
  }
}

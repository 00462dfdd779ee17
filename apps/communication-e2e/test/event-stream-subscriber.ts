import { setTimeout as delay } from 'node:timers/promises';
import type { Follower } from './follower.ts';

const reconnectMs = 100;

/** Follows one subject by server-sent events, and connects again behind the last whole event whenever it is cut off. */
export class EventStreamSubscriber implements Follower {
  readonly #streamUrl: string;
  readonly #token: string;
  readonly #stopping = new AbortController();
  #connection = new AbortController();
  readonly seen: number[] = [];
  readonly errors: string[] = [];
  connections = 0;

  constructor(streamUrl: string, token: string) {
    this.#streamUrl = streamUrl;
    this.#token = token;
    void this.#keepFollowing();
  }

  cut(): void {
    this.#connection.abort();
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #keepFollowing(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#connection = new AbortController();
      // It was cut off, or nobody listens while it is restarted.
      await this.#follow(AbortSignal.any([this.#connection.signal, this.#stopping.signal])).catch(() => undefined);
      await delay(reconnectMs * Math.random());
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const last = this.seen.at(-1);
    const headers = {
      authorization: `Bearer ${this.#token}`,
      ...(last !== undefined && { 'last-event-id': String(last) }),
    };
    const response = await fetch(this.#streamUrl, { headers, signal });
    if (!response.ok) return void this.errors.push(await response.text());
    this.connections += 1;
    const decoder = new TextDecoder();
    let text = '';
    for await (const bytes of response.body ?? []) {
      const messages = (text + decoder.decode(bytes, { stream: true })).split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages) this.#take(message);
    }
  }

  #take(message: string): void {
    const sequence = /^id: (\d+)$/m.exec(message)?.[1];
    if (sequence !== undefined) this.seen.push(Number(sequence));
    if (message.startsWith('event: end\n')) this.errors.push(message);
  }
}

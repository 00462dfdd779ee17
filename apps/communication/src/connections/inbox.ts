import type { WebSocket } from 'ws';
import type { Connection } from './connection.ts';

/** A client may be so many messages ahead of the answers; then it is not read until they were given. */
const longestInbox = 32;

/** Answers a client's messages one after the other. What the client does not read, it cannot ask for more of. */
export class Inbox {
  readonly #socket: WebSocket;
  readonly #connection: Connection;
  readonly #answer: (text: string | undefined) => Promise<void>;
  #texts: (string | undefined)[] = [];
  #isBusy = false;

  constructor(socket: WebSocket, connection: Connection, answer: (text: string | undefined) => Promise<void>) {
    this.#socket = socket;
    this.#connection = connection;
    this.#answer = answer;
  }

  /** Takes a message; undefined for one that is no text. */
  put(text: string | undefined): void {
    // Nothing answers it any more, and a client that does not end its side may go on for a while.
    if (this.#connection.isClosing) return;
    this.#texts.push(text);
    if (this.#texts.length >= longestInbox) this.#socket.pause();
    void this.goOn();
  }

  /** Answers what is left, where the client has taken the answers before. */
  async goOn(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (this.#texts.length > 0 && this.#connection.hasRoom() && !this.#connection.isClosing) {
      await this.#answer(this.#texts.shift());
    }
    this.#isBusy = false;
    if (this.#connection.hasRoom() || this.#connection.isClosing) return this.#socket.resume();
    this.#connection.noteStall();
    this.#socket.pause();
  }
}

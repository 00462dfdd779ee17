import type { Duplex } from 'node:stream';
import { type StreamClosingName, streamClosings } from '@darkroom/contract';
import type { WebSocket } from 'ws';
import type { EventFrames } from '../log/event-frames.ts';
import type { Notice, Wire } from './wire.ts';

/** A stream over a WebSocket, as JSON text messages. */
export class WebSocketWire implements Wire {
  readonly channel = 'websocket';
  readonly #socket: WebSocket;
  readonly #connection: Duplex;

  constructor(socket: WebSocket, connection: Duplex) {
    this.#socket = socket;
    this.#connection = connection;
  }

  hasRoom(): boolean {
    return !this.#connection.writableNeedDrain;
  }

  event(subject: string, frames: EventFrames): void {
    // Past the library, which would make and write a head for each client. What it writes itself it has written when it returns.
    if (this.#socket.readyState === this.#socket.OPEN) this.#connection.write(frames.webSocket(subject));
  }

  say(notice: Notice): void {
    this.#socket.send(JSON.stringify(notice));
  }

  ping(): void {
    this.#socket.ping();
  }

  close(closing: StreamClosingName): void {
    const { code, reason } = streamClosings[closing];
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }
}

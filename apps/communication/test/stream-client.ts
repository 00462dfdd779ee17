import { once } from 'node:events';
import { type StreamServerMessage, streamServerMessageSchema } from '@darkroom/contract';
import { WebSocket } from 'ws';
import { until } from '@darkroom/testing';
import { signToken } from './stream-token.ts';

/** A client's end of a WebSocket, with all that it was told. Each message is checked by the contract. */
export class StreamClient {
  readonly #socket: WebSocket;
  readonly messages: StreamServerMessage[] = [];
  closed: { code: number; reason: string } | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.messages.push(streamServerMessageSchema.parse(JSON.parse(data.toString())));
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    socket.on('error', () => undefined);
  }

  static async connect(url: string, headers: Record<string, string> = {}): Promise<StreamClient> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/stream`, { headers });
    const client = new StreamClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** Subscribes to the account, or to the subject of the token. */
  async subscribe(options: { token?: string; subject?: string; after?: number | 'latest' } = {}): Promise<void> {
    const { after, subject = 'account', token = await signToken({ subject }) } = options;
    this.say({ type: 'subscribe', token, ...(after !== undefined && { after }) });
  }

  say(message: unknown): void {
    this.#socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  /** The sequences that came for a subject, in their order. */
  sequences(subject = 'account'): number[] {
    return this.messages.flatMap((message) =>
      message.type === 'event' && message.subject === subject ? [message.event.sequence] : [],
    );
  }

  errors(): { code: string; subject?: string | undefined }[] {
    return this.messages.flatMap((message) =>
      message.type === 'error' ? [{ code: message.code, ...(message.subject && { subject: message.subject }) }] : [],
    );
  }

  /** Waits for a message of a type, and answers the first. */
  async told<Type extends StreamServerMessage['type']>(
    type: Type,
  ): Promise<Extract<StreamServerMessage, { type: Type }>> {
    return until(`a message of the type ${type} came`, () =>
      this.messages.find((message): message is Extract<StreamServerMessage, { type: Type }> => message.type === type),
    );
  }

  /** Waits until so many events of a subject have come, and answers their sequences. */
  async events(count: number, subject = 'account'): Promise<number[]> {
    await until(`${count} events of ${subject} came`, () => this.sequences(subject).length >= count);
    return this.sequences(subject);
  }

  async ended(): Promise<{ code: number; reason: string }> {
    return until('the connection was closed', () => this.closed);
  }

  /** Takes nothing more of what comes. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Ends as a lost network does. */
  cut(): void {
    this.#socket.terminate();
  }
}

import { WebSocket } from 'ws';
import { z } from 'zod';
import { systemTimeOffset } from './system-time-offset.ts';

/** What came since it was taken the last time. */
export interface Taken {
  /** From the recording of each event to its receipt. */
  readonly latenciesMs: number[];
  /** Of all messages that brought events. */
  readonly bytes: number;
}

interface Received {
  /** On this process's own clock, which is finer than the system's. */
  readonly at: number;
  readonly data: Buffer;
}

const eventMessageSchema = z.object({ event: z.object({ createdAt: z.iso.datetime() }) });
const noticeSchema = z.object({ type: z.string(), detail: z.string().optional() });
const eventStart = '{"type":"event"';
const connectingAtOnce = 50;

/** Many clients of a stream in one process. What comes is only kept, with its time: it is read when it is taken. */
export class ReaderConnections {
  #sockets: WebSocket[] = [];
  #received: Received[] = [];
  #answersDue = 0;
  #allAnswered = Promise.withResolvers<void>();
  #fault: Error | undefined;

  /** Opens a connection for each list of messages, says them, and resolves when each was answered. */
  async open(url: string, messagesOfEach: readonly (readonly string[])[]): Promise<void> {
    const left = messagesOfEach.values();
    const connectInTurn = async () => {
      for (const messages of left) await this.#connect(url, messages);
    };
    const count = messagesOfEach.reduce((sum, messages) => sum + messages.length, 0);
    await this.#answered(count, () => Promise.all(Array.from({ length: connectingAtOnce }, connectInTurn)));
  }

  /** Says one message more on every connection, and resolves when all are answered. */
  async sayOnAll(message: string): Promise<void> {
    await this.#answered(this.#sockets.length, async () => this.#sockets.forEach((socket) => socket.send(message)));
  }

  get receivedCount(): number {
    return this.#received.length;
  }

  /** What came, in any order. Throws where a connection was closed or told of an error. */
  take(): Taken {
    if (this.#fault !== undefined) throw this.#fault;
    const toSystemTime = systemTimeOffset();
    const latenciesMs: number[] = [];
    let bytes = 0;
    for (const { at, data } of this.#received.splice(0)) {
      const { event } = eventMessageSchema.parse(JSON.parse(data.toString()));
      latenciesMs.push(at + toSystemTime - Date.parse(event.createdAt));
      bytes += data.length;
    }
    return { latenciesMs, bytes };
  }

  close(): void {
    for (const socket of this.#sockets.splice(0)) socket.removeAllListeners('close').terminate();
    this.#received = [];
  }

  async #answered(count: number, say: () => Promise<unknown>): Promise<void> {
    this.#allAnswered = Promise.withResolvers();
    this.#answersDue = count;
    if (count === 0) this.#allAnswered.resolve();
    await Promise.all([this.#allAnswered.promise, say()]);
  }

  #connect(url: string, messages: readonly string[]): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const socket = new WebSocket(url, { perMessageDeflate: false });
    socket.on('open', () => {
      for (const message of messages) socket.send(message);
      resolve();
    });
    socket.on('message', (data: Buffer) => this.#take(data));
    const fail = (error: Error) => {
      reject(error);
      this.#fail(error);
    };
    socket.on('error', fail);
    socket.on('close', (code, reason) => fail(new Error(`A connection was closed: ${code} ${reason.toString()}`)));
    this.#sockets.push(socket);
    return promise;
  }

  #take(data: Buffer): void {
    const at = performance.now();
    if (data.indexOf(eventStart) === 0) return void this.#received.push({ at, data });
    const { type, detail } = noticeSchema.parse(JSON.parse(data.toString()));
    if (type === 'error') this.#fail(new Error(`A reader was told of an error: ${detail}`));
    if (type !== 'subscribed') return;
    this.#answersDue -= 1;
    if (this.#answersDue === 0) this.#allAnswered.resolve();
  }

  #fail(error: Error): void {
    this.#fault ??= error;
    this.#allAnswered.reject(error);
  }
}

import type { ServerResponse } from 'node:http';
import { type StreamClosingName, streamClosings, type StreamEnd } from '@darkroom/contract';
import { sendProblem } from '../http/problems.ts';
import type { EventFrames } from '../log/event-frames.ts';
import type { ErrorNotice, Notice, Wire } from './wire.ts';

const reconnectMs = 2_000;
const retryAfterSeconds = 2;

/** A stream of server-sent events, framed as `main` frames its own. It opens when its subscription has begun: until then a fault is an answer by itself. */
export class ServerSentWire implements Wire {
  readonly channel = 'sse';
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  hasRoom(): boolean {
    return !this.#response.writableNeedDrain;
  }

  event(_subject: string, frames: EventFrames): void {
    if (!this.#response.writableEnded) this.#response.write(frames.serverSent());
  }

  say(notice: Notice): void {
    if (this.#response.writableEnded) return;
    if (notice.type === 'subscribed') this.#open();
    if (notice.type === 'heartbeat' && this.#response.headersSent) this.#response.write(': still here\n\n');
    if (notice.type === 'error') this.#fail(notice);
  }

  ping(): void {
    // The protocol has none; what is not taken shows that nobody is there.
  }

  close(closing: StreamClosingName): void {
    const { reason } = streamClosings[closing];
    if (this.#response.writableEnded) return;
    if (this.#response.headersSent) return this.#end({ code: closing, detail: reason });
    sendProblem(this.#response, { code: closing, detail: reason, retryAfterSeconds });
  }

  terminate(): void {
    this.#response.destroy();
  }

  #open(): void {
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    this.#response.write(`retry: ${reconnectMs}\n\n`);
  }

  #fail({ code, detail, removedThrough }: ErrorNotice): void {
    const facts = { code, detail, ...(removedThrough !== undefined && { removedThrough }) };
    if (this.#response.headersSent) return this.#end(facts);
    sendProblem(this.#response, { ...facts, ...(code === 'log_away' && { retryAfterSeconds }) });
  }

  #end(end: StreamEnd): void {
    this.#response.end(`event: end\ndata: ${JSON.stringify(end)}\n\n`);
  }
}

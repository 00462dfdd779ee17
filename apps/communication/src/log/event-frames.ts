import { accountSubject } from '@darkroom/contract';
import { toTextFrame } from './text-frame.ts';
import type { LoggedEvent } from './logged-event.ts';

/** One event, made ready for the wire once for each kind of reader, however many of them there are. */
export class EventFrames {
  readonly event: LoggedEvent;
  #ofAccount: Buffer | undefined;
  #ofSubject: Buffer | undefined;
  #serverSent: Buffer | undefined;

  constructor(event: LoggedEvent) {
    this.event = event;
  }

  /** A WebSocket message to a subscription of a subject, as it is written. */
  webSocket(subject: string): Buffer {
    if (subject === accountSubject) return (this.#ofAccount ??= toMessage(subject, this.event));
    return (this.#ofSubject ??= toMessage(subject, this.event));
  }

  /** The same as a server-sent event, framed as `main` frames it. */
  serverSent(): Buffer {
    const { sequence, type, json } = this.event;
    return (this.#serverSent ??= Buffer.from(`id: ${sequence}\nevent: ${type}\ndata: ${json}\n\n`));
  }
}

function toMessage(subject: string, { json }: LoggedEvent): Buffer {
  return toTextFrame(`{"type":"event","subject":${JSON.stringify(subject)},"event":${json}}`);
}

import type { StreamClosingName, StreamServerMessage } from '@darkroom/contract';
import type { EventFrames } from '../log/event-frames.ts';

/** What a stream says beside events. */
export type Notice = Exclude<StreamServerMessage, { type: 'event' }>;
export type ErrorNotice = Extract<Notice, { type: 'error' }>;

/** One connection's way to its client: a WebSocket, or a stream of server-sent events. */
export interface Wire {
  readonly channel: 'websocket' | 'sse';
  /** Whether the client has taken enough of what it was sent to be sent more. */
  hasRoom(): boolean;
  event(subject: string, frames: EventFrames): void;
  say(notice: Notice): void;
  /** Asks whether the client is there, where the protocol can. */
  ping(): void;
  /** Says why, and ends. */
  close(closing: StreamClosingName): void;
  /** Ends at once. */
  terminate(): void;
}

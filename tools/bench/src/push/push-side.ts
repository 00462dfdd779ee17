import type { TestService } from '@darkroom/testing';

/** One side of the comparison: a server that connections are opened to, and events that they follow. */
export interface PushSide {
  /** Starts the server afresh, so that the memory of each round is compared with that of a server without connections. */
  startServer(): Promise<PushServer>;
  /** What a client says to follow a call, by the call's number. */
  subscribeMessage(call: number): string;
  /** Records an event of a call, by its number. */
  record(call: number): Promise<void>;
}

export interface PushServer {
  readonly service: TestService;
  /** Where connections are opened. */
  readonly streamUrl: string;
  /** Everything that works for the side beside the readers, by name. */
  readonly processes: Readonly<Record<string, number>>;
}

import type { Notice, Wire } from '../src/connections/wire.ts';

/** A way to a client that takes everything; `said` gets what it is told. */
export function quietWire(said: Notice[] = []): Wire {
  return {
    channel: 'websocket',
    hasRoom: () => true,
    event: () => undefined,
    say: (notice) => void said.push(notice),
    ping: () => undefined,
    close: () => undefined,
    terminate: () => undefined,
  };
}

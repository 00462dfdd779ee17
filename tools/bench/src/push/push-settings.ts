/** So many connections are open at once. */
export interface PushSize {
  readonly connections: number;
  /** Whether there is an aim for how fast events come. */
  readonly hasLatencyAim: boolean;
  /** Whether there is one for what a connection costs: a server that has just started grows by more than connections, which few of them share. */
  readonly hasMemoryAim: boolean;
}

/** How push is measured; the report prints it. */
export const pushSettings = {
  /** Each is measured by itself; a shorter run has fewer connections. */
  sizes: (length: number): PushSize[] =>
    [1, 1_000, 5_000].map((count) => ({
      connections: Math.ceil(count * Math.min(1, length)),
      hasLatencyAim: count === 1_000,
      hasMemoryAim: count === 5_000,
    })),
  /** So many calls there are at least, so that one connection hears as much as many. */
  leastCalls: 100,
  /** Of so many calls, spread over all, events are recorded in turn: of one call no more than two a second would be listed. */
  activeCalls: 200,
  perSecond: 50,
  seconds: 8,
  /** Events of the call that every connection follows. */
  toAllPerSecond: 1,
  /** Events before those that count, so that no figure is of code that runs for the first time. */
  warmUpSeconds: 1,
  readerProcesses: 2,
} as const;

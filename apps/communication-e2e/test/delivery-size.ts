/** How large the delivery test is. */
export interface DeliverySize {
  /** Calls that are reported on by the test, each followed by one subscriber. */
  readonly calls: number;
  /** Reports for each of them. `main` ends a call of which Temporal knows nothing, so that some of the last ones change nothing. */
  readonly reportsPerCall: number;
  /** Calls that a worker makes. */
  readonly realCalls: number;
  readonly accountSubscribers: number;
  /** Calls that are followed by server-sent events and by the client as well. */
  readonly followedAllWays: number;
  /** For how long connections are cut and processes restarted. */
  readonly seconds: number;
}

const sizes = {
  // What `npm test` has time for.
  small: {
    calls: 150,
    reportsPerCall: 8,
    realCalls: 10,
    accountSubscribers: 4,
    followedAllWays: 4,
    seconds: 15,
  },
  full: {
    calls: 2000,
    reportsPerCall: 10,
    realCalls: 200,
    accountSubscribers: 20,
    followedAllWays: 20,
    seconds: 60,
  },
} as const satisfies Record<string, DeliverySize>;

/** As `DELIVERY` says: `full`, or `small` where it is not set. */
export function readDeliverySize(): DeliverySize {
  const name = process.env['DELIVERY'] ?? 'small';
  if (name !== 'small' && name !== 'full') throw new Error(`DELIVERY is ${name}: set it to small or full.`);
  return sizes[name];
}

import { Socket } from 'node:net';
import pg from 'pg';

export type Pool = pg.Pool;

export interface PoolOptions {
  connectionString: string;
  /** Connections at most; further queries wait. */
  max: number;
  /** The name that PostgreSQL shows in `pg_stat_activity`. */
  applicationName: string;
  /** How long a query waits for a connection, also for one that others use, before it fails. Default 10,000: an overload is not an outage. */
  connectionTimeoutMs?: number;
  /** How long nothing may move on a connection that is in use, before it counts as lost. Default: for ever, as for LISTEN and for migrations. */
  silenceMs?: number;
  /** Hears of idle connections that broke, as when PostgreSQL restarts. The pool replaces them by itself. */
  onConnectionLost: (error: Error) => void;
}

/** The operating system's own is two hours: for so long a query would wait for a machine that is gone. */
const keepAliveInitialDelayMillis = 10_000;

const int8 = 20;
const timestamptz = 1184;

/** What a time column that is `infinity` reads as: a Date has no other word for never. It lies behind every time there is. */
export const never = new Date(8.64e15);

/** Opens a pool. It connects with the first query, so PostgreSQL may be away when a process starts, and at any time later. */
export function createPool({
  connectionString,
  max,
  applicationName,
  connectionTimeoutMs = 10_000,
  silenceMs = 0,
  onConnectionLost,
}: PoolOptions): Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: connectionTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis,
    stream: () => createSocket(silenceMs),
    types: { getTypeParser },
  });
  pool.on('error', onConnectionLost);
  // The pool listens to idle connections only. Whoever has another one hears of its end by a query that fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A server that went away without a word is noticed after a quarter of an hour by the system, and never behind a proxy that lives. */
function createSocket(silenceMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silenceMs, () => {
    const silent = new Error(`PostgreSQL was silent for ${silenceMs} ms: its connection counts as lost.`);
    socket.destroy(Object.assign(silent, { code: 'ETIMEDOUT' }));
  });
}

/** bigint columns come back as numbers, because what we count stays far below 2^53, and every time as a Date. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary'): unknown => {
  if (format === 'binary') return pg.types.getTypeParser(oid, format);
  if (oid === int8) return toSafeNumber;
  return oid === timestamptz ? toDate : pg.types.getTypeParser(oid, format);
};

const toTime = pg.types.getTypeParser(timestamptz) as (text: string) => Date;

function toDate(text: string): Date {
  return text === 'infinity' ? new Date(never) : toTime(text);
}

function toSafeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError('A bigint from the database is too large to be read as a number.');
  return value;
}

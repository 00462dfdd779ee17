import type { Logger } from '@darkroom/platform-logging';
import { createPool, type Pool } from '@darkroom/platform-postgres';

export interface ListenerOptions {
  connectionString: string;
  channel: string;
  onPayload: (payload: string) => void;
  logger: Logger;
}

export interface PostgresListener {
  stop(): Promise<void>;
}

const reconnectMs = 1_000;

/** Listens to a channel on a connection of its own, and connects again whenever that is lost. */
export function openListener({ connectionString, channel, onPayload, logger }: ListenerOptions): PostgresListener {
  const pool = createPool({
    connectionString,
    max: 1,
    applicationName: 'darkroom-main-listen',
    onConnectionLost: () => undefined,
  });
  const stopping = new AbortController();
  const listening = keepListening({ pool, channel, onPayload, logger, signal: stopping.signal });
  return {
    async stop() {
      stopping.abort();
      await listening;
      await pool.end();
    },
  };
}

interface KeepListeningOptions extends Pick<ListenerOptions, 'channel' | 'onPayload' | 'logger'> {
  pool: Pool;
  signal: AbortSignal;
}

async function keepListening({ pool, channel, onPayload, logger, signal }: KeepListeningOptions): Promise<void> {
  while (!signal.aborted) {
    try {
      await listenUntilLost({ pool, channel, onPayload, signal });
    } catch (error) {
      logger.warn({ error }, 'the connection that listens for events of other processes was lost; connecting again');
      await pause(reconnectMs, signal);
    }
  }
}

async function listenUntilLost({
  pool,
  channel,
  onPayload,
  signal,
}: Omit<KeepListeningOptions, 'logger'>): Promise<void> {
  const client = await pool.connect();
  const ended = Promise.withResolvers<void>();
  const stop = () => ended.resolve();
  client.on('error', ended.reject);
  client.on('end', () => ended.reject(new Error('The server ended the connection.')));
  client.on('notification', ({ payload }) => onPayload(payload ?? ''));
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    // Both at once: whoever is refused, or cut off while it asks, hears of the end of the connection too.
    await Promise.all([client.query(`listen ${channel}`), ended.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    client.release(true);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

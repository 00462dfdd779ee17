import { createLogger } from '@darkroom/platform-logging';
import { findFreePort } from '@darkroom/testing';
import { readConfig } from '../src/config.ts';
import { defaultTimings, type StreamTimings } from '../src/connections/sweep.ts';
import { type RunningCommunication, startCommunication } from '../src/start-communication.ts';
import { InMemoryMain, internalToken } from './in-memory-main.ts';
import { StreamClient } from './stream-client.ts';
import { tokenSecret } from './stream-token.ts';

/** A `communication` in this process, on what stands in for `main`. */
export interface Rig {
  readonly main: InMemoryMain;
  readonly url: string;
  readonly internalUrl: string;
  /** What a test changes of them holds from the next sweep on. */
  readonly timings: { -readonly [Timing in keyof StreamTimings]: number };
  /** Opens a WebSocket. It is closed with the rig. */
  connect(): Promise<StreamClient>;
  /** Stops it and starts it again on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRig(
  environment: Record<string, string> = {},
  given: Partial<StreamTimings> = {},
): Promise<Rig> {
  const main = new InMemoryMain();
  await main.start();
  const logger = createLogger({ service: 'communication', level: 'error', json: true });
  const clients: StreamClient[] = [];
  const timings = { ...defaultTimings, sweep: 100, ...given };
  const port = String(await findFreePort());
  const start = (): Promise<RunningCommunication> =>
    startCommunication(
      readConfig({
        ...{ NODE_ENV: 'test', MAIN_INTERNAL_URL: main.url, INTERNAL_TOKEN: internalToken, TOKEN_SECRET: tokenSecret },
        ...{ COMMUNICATION_PORT: port, COMMUNICATION_INTERNAL_PORT: '0', PUBLIC_BASE_URL: 'http://localhost:3000' },
        ...environment,
      }),
      logger,
      timings,
    );
  let running = await start();
  const { url } = running;
  return {
    main,
    url,
    timings,
    get internalUrl() {
      return running.internalUrl;
    },
    async connect() {
      const client = await StreamClient.connect(url);
      clients.push(client);
      return client;
    },
    async restart() {
      await running.stop();
      running = await start();
    },
    async stop() {
      clients.forEach((client) => client.cut());
      await running.stop();
      await main.stop();
    },
  };
}

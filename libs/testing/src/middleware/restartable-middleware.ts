import { join } from 'node:path';
import {
  cacheDirectory,
  placeIn,
  runMiddleware,
  type ManagedProcess,
  type MiddlewareContext,
  type MiddlewareDriver,
} from '@darkroom/deploy-tool';
import { watchForLeak } from './leaked-processes.ts';

/** One running middleware that a test may take away and bring back, on the same port and with the same data. */
export interface RestartableMiddleware {
  /** Ends it as a person would, and waits until it has ended. */
  stop(): Promise<void>;
  /** Starts it again after a stop or a kill. */
  start(): Promise<void>;
  /** Ends it at once, as a crash would, and waits until it has gone. */
  kill(): Promise<void>;
  isRunning(): boolean;
  /** Of the process that runs now, or ran last. */
  processId(): number;
  /** The last lines that it printed. */
  lastLines(): string[];
}

export interface RestartableMiddlewareOptions {
  readonly name: string;
  readonly directory: string;
  readonly ports: Record<string, number>;
  readonly settings: Record<string, unknown>;
}

export async function startRestartableMiddleware(
  driver: MiddlewareDriver,
  { name, directory, ports, settings }: RestartableMiddlewareOptions,
): Promise<RestartableMiddleware> {
  const context: MiddlewareContext = {
    name,
    dataDirectory: join(directory, name),
    ports,
    settings,
    environment: process.env,
    cacheDirectory: cacheDirectory(process.env),
    reportProgress: (message) => void process.stderr.write(`${name}: ${message}\n`),
    abortSignal: new AbortController().signal,
  };
  const launch = async () =>
    watchForLeak(
      await runMiddleware(driver, context, { ...placeIn(directory, name), ownGroup: false, readySeconds: 50 }),
    );

  let running: ManagedProcess = await launch();
  return {
    start: async () => {
      if (!running.isRunning()) running = await launch();
    },
    stop: async () => void (await running.stop()),
    kill: async () => {
      running.signal('SIGKILL');
      await running.exited;
    },
    isRunning: () => running.isRunning(),
    processId: () => running.pid,
    lastLines: () => running.lastLines(),
  };
}

import { join } from 'node:path';
import { findFreePort } from '@darkroom/deploy-tool';
import { startService, type TestService } from '../middleware/start-service.ts';
import {
  startTestMiddleware,
  type TestMiddleware,
  type TestMiddlewareOptions,
} from '../middleware/start-test-middleware.ts';
import { createCallsClient, type CallsClient } from './calls-client.ts';
import { controlSimulator, type SimulatorControl } from './simulator-control.ts';
import { mainEnvironment, workerEnvironment, type StackPlace } from './stack-environment.ts';

export interface StackOptions {
  /** Default: `example`, as in production. */
  readonly denyList?: string;
  readonly mainEnvironment?: Record<string, string>;
  readonly workerEnvironment?: Record<string, string>;
  /** The provider's address as `main` and workers know it. Default: the simulator's. */
  readonly providerOrigin?: string;
  /** Private origins beside the provider's and that of `main`, for instance that of a receiver of webhooks. */
  readonly allowOrigins?: readonly string[];
  readonly workers?: number;
  readonly postgres?: TestMiddlewareOptions['postgres'];
}

/** One process of the stack that a test may end and start again: same ports, same directories. */
export interface StackProcess {
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Starts it (again) and waits until it is ready. `more` is added to its environment from now on. */
  start(more?: Record<string, string>): Promise<void>;
  /** Starts it without waiting: for what it does while something it needs is away. */
  launch(more?: Record<string, string>): Promise<void>;
  readonly service: TestService;
  /** What it has printed in all its lives. */
  logs(): string;
}

/** The whole system as processes, with the provider simulated. */
export interface Stack extends CallsClient {
  readonly middleware: TestMiddleware;
  readonly place: StackPlace;
  readonly main: StackProcess;
  readonly workers: readonly StackProcess[];
  readonly simulator: StackProcess;
  readonly control: SimulatorControl;
  /** Another `main` on the same database, for instance with other limits. It is stopped with the stack. */
  addMain(environment: Record<string, string>): Promise<StackProcess>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL, Temporal, S3, the simulator, one main and some workers (one), and waits until all are ready. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const middleware = await startTestMiddleware({
    postgres: options.postgres ?? true,
    temporal: true,
    objectStore: true,
  });
  const processes: StackProcess[] = [];
  const stop = async () => {
    await Promise.all(processes.map(({ service }) => service.stop()));
    await middleware.stop();
  };
  const added = async (process: StackProcess) => {
    processes.push(process);
    await process.start();
    return process;
  };

  try {
    const simulator = await added(await simulatorProcess(middleware));
    const place: StackPlace = {
      middleware,
      databaseUrl: await middleware.postgres.createDatabase(),
      bucket: await middleware.objectStore.createBucket(),
      internalToken: 'internal-token-of-a-test-stack',
      simulatorUrl: simulator.url,
      providerOrigin: options.providerOrigin ?? simulator.url,
      allowOrigins: options.allowOrigins ?? [],
      denyList: options.denyList ?? 'example',
    };
    const addMain = async (environment: Record<string, string>) =>
      added((await mainProcess(place, environment)).process);
    const { process: main, internalUrl } = await mainProcess(place, options.mainEnvironment ?? {});
    await added(main);
    const workers = await Promise.all(
      Array.from({ length: options.workers ?? 1 }, async (_, index) =>
        added(
          await workerProcess(
            place,
            { name: `worker-${index + 1}`, mainUrl: main.url, mainInternalUrl: internalUrl },
            options.workerEnvironment ?? {},
          ),
        ),
      ),
    );
    return {
      ...createCallsClient(main.url),
      middleware,
      place,
      main,
      workers,
      simulator,
      control: controlSimulator(simulator.url),
      addMain,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function simulatorProcess(middleware: TestMiddleware): Promise<StackProcess> {
  const port = await findFreePort();
  const env = {
    SIMULATOR_HOST: '127.0.0.1',
    SIMULATOR_PORT: String(port),
    SIMULATOR_DATA_DIR: join(middleware.directory, 'simulator'),
  };
  return restartable({ name: 'simulator', entry: 'apps/provider-simulator/src/server.ts', env, port });
}

async function mainProcess(place: StackPlace, more: Record<string, string>) {
  const ports = { public: await findFreePort(), internal: await findFreePort() };
  const env = { ...mainEnvironment(place, ports), ...more };
  return {
    process: restartable({ name: `main-${ports.public}`, entry: 'apps/main/src/server.ts', env, port: ports.public }),
    internalUrl: `http://127.0.0.1:${ports.internal}`,
  };
}

async function workerProcess(
  place: StackPlace,
  given: { name: string; mainUrl: string; mainInternalUrl: string },
  more: Record<string, string>,
) {
  const port = await findFreePort();
  const env = { ...workerEnvironment(place, { ...given, port }), ...more };
  return restartable({ name: given.name, entry: 'apps/async-task-worker/src/worker.ts', env, port });
}

function restartable(given: { name: string; entry: string; env: Record<string, string>; port: number }): StackProcess {
  const lives: TestService[] = [];
  const current = () => {
    const service = lives.at(-1);
    if (service === undefined) throw new Error(`${given.name} was never started: call start() first.`);
    return service;
  };
  let environment = given.env;
  const launch = async (more: Record<string, string> = {}) => {
    environment = { ...environment, ...more };
    lives.push(await startService({ ...given, env: environment }));
  };
  return {
    url: `http://127.0.0.1:${given.port}`,
    get environment() {
      return environment;
    },
    get service() {
      return current();
    },
    launch,
    start: async (more) => {
      await launch(more);
      await current().waitUntilReady();
    },
    logs: () => lives.map((service) => service.logs()).join('\n'),
  };
}

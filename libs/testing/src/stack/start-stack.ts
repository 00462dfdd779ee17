import { findFreePort } from '@darkroom/deploy-tool';
import {
  startTestMiddleware,
  type TestMiddleware,
  type TestMiddlewareOptions,
} from '../middleware/start-test-middleware.ts';
import { createCallsClient, type CallsClient } from './calls-client.ts';
import { controlSimulator, type SimulatorControl } from './simulator-control.ts';
import { shareBundles } from './share-bundles.ts';
import { simulatorProcess } from './simulator-process.ts';
import { communicationEnvironment, mainEnvironment, workerEnvironment, type StackPlace } from './stack-environment.ts';
import { restartable, type StackProcess } from './stack-process.ts';

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
  /** Whether there is a `communication`. Default: there is none. */
  readonly communication?: boolean;
  readonly communicationEnvironment?: Record<string, string>;
  readonly postgres?: TestMiddlewareOptions['postgres'];
}

/** The whole system as processes, with the provider simulated. */
export interface Stack extends CallsClient {
  readonly middleware: TestMiddleware;
  readonly place: StackPlace;
  readonly main: StackProcess;
  readonly workers: readonly StackProcess[];
  /** The internal API of `main`. */
  readonly mainInternalUrl: string;
  /** Serves `/v1/stream`. Throws where the stack was started without. */
  readonly communication: StackProcess;
  readonly simulator: StackProcess;
  readonly control: SimulatorControl;
  /** Another `main` on the same database, for instance with other limits. It is stopped with the stack. */
  addMain(environment: Record<string, string>): Promise<StackProcess>;
  /** Another `communication`, which reads from the first `main` where the environment says nothing else. It is stopped with the stack. */
  addCommunication(environment: Record<string, string>): Promise<StackProcess>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL, Temporal, S3, the simulator, one main, some workers (one) and, where it is wanted, a communication; waits until all are ready. */
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
    const ports = { public: await findFreePort(), internal: await findFreePort() };
    const { process: main, internalUrl } = await mainProcess(place, {
      PUBLIC_STREAM_URL: `http://127.0.0.1:${ports.public}/v1/stream`,
      ...options.mainEnvironment,
    });
    await added(main);
    const addCommunication = async (environment: Record<string, string>) => {
      const own = { public: await findFreePort(), internal: await findFreePort() };
      return added(communicationProcess(place, { ports: own, main, internalUrl }, environment));
    };
    const communication =
      options.communication === true
        ? await added(communicationProcess(place, { ports, main, internalUrl }, options.communicationEnvironment ?? {}))
        : undefined;
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
      mainInternalUrl: internalUrl,
      get communication() {
        if (communication !== undefined) return communication;
        throw new Error('The stack was started without communication: startStack({ communication: true }).');
      },
      simulator,
      control: controlSimulator(simulator.url),
      addMain,
      addCommunication,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function mainProcess(place: StackPlace, more: Record<string, string>) {
  const ports = { public: await findFreePort(), internal: await findFreePort() };
  const env = { ...mainEnvironment(place, ports), ...more };
  return {
    process: restartable({ name: `main-${ports.public}`, entry: 'apps/main/src/server.ts', env, port: ports.public }),
    internalUrl: `http://127.0.0.1:${ports.internal}`,
  };
}

function communicationProcess(
  place: StackPlace,
  given: { ports: { public: number; internal: number }; main: StackProcess; internalUrl: string },
  more: Record<string, string>,
): StackProcess {
  const { ports, main, internalUrl } = given;
  const env = {
    ...communicationEnvironment(place, { ports, mainUrl: main.url, mainInternalUrl: internalUrl }),
    ...more,
  };
  const entry = 'apps/communication/src/server.ts';
  return restartable({ name: `communication-${ports.public}`, entry, env, port: ports.public });
}

async function workerProcess(
  place: StackPlace,
  given: { name: string; mainUrl: string; mainInternalUrl: string },
  more: Record<string, string>,
) {
  const port = await findFreePort();
  const env = { ...workerEnvironment(place, { ...given, port }), ...more };
  const { TEMP_DIR } = env;
  if (TEMP_DIR !== undefined) shareBundles(TEMP_DIR);
  return restartable({ name: given.name, entry: 'apps/async-task-worker/src/worker.ts', env, port });
}

import { join } from 'node:path';
import { findFreePort } from '@darkroom/deploy-tool';
import type { TestMiddleware } from '../middleware/start-test-middleware.ts';
import { controlSimulator, type SimulatorControl } from './simulator-control.ts';
import { restartable, type StackProcess } from './stack-process.ts';

/** The simulated providers without the rest of a stack. */
export interface TestSimulator {
  readonly url: string;
  readonly control: SimulatorControl;
  stop(): Promise<void>;
}

/** Starts the provider simulator alone, for what calls a provider without `main` and `async-task-worker`. Its ledger is in the middleware's directory. */
export async function startSimulator(middleware: Pick<TestMiddleware, 'directory'>): Promise<TestSimulator> {
  const simulator = await simulatorProcess(middleware);
  await simulator.start();
  const { url } = simulator;
  return { url, control: controlSimulator(url), stop: async () => void (await simulator.service.stop()) };
}

/** The simulator of a stack, which is not started yet. */
export async function simulatorProcess({ directory }: Pick<TestMiddleware, 'directory'>): Promise<StackProcess> {
  const port = await findFreePort();
  const env = {
    SIMULATOR_HOST: '127.0.0.1',
    SIMULATOR_PORT: String(port),
    SIMULATOR_DATA_DIR: join(directory, 'simulator'),
  };
  return restartable({ name: 'simulator', entry: 'apps/provider-simulator/src/server.ts', env, port });
}

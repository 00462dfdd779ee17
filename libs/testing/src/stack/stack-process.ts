import { startService, type TestService } from '../middleware/start-service.ts';

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

/** A process that is not started yet. */
export function restartable(given: {
  name: string;
  entry: string;
  env: Record<string, string>;
  port: number;
}): StackProcess {
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

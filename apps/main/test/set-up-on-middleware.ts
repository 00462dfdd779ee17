import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import {
  expectNoLeakedProcesses,
  startTestMiddleware,
  type TestMiddleware,
  type TestMiddlewareOptions,
} from '@darkroom/testing';

/** What a test file chooses of its set-up. */
export interface SetUpChoices {
  /** Default: the PostgreSQL of the run. A file that stops one asks for one of its own. */
  wanted?: TestMiddlewareOptions;
  /** Whether all tests of the file have one side, or each has a new one on an empty database. Default: the file. */
  per?: 'file' | 'test';
}

/** What every set-up has. */
export interface OnMiddleware {
  middleware: TestMiddleware;
  /** Has something ended behind the tests, before what it uses is closed: what a test has started, or a hook. */
  endLater(end: () => unknown): void;
}

interface Closable {
  close(): Promise<void>;
}

/**
 * Starts middleware, opens a side of `main` on it, and closes and stops both, by hooks. The answer can be used from the next hook on; where
 * each test has a side of its own, it is always that of the test.
 */
export function setUpOnMiddleware<Side extends Closable>(
  open: (middleware: TestMiddleware) => Promise<Side>,
  { wanted = { postgres: 'shared' }, per = 'file' }: SetUpChoices,
): Side & OnMiddleware {
  const ends: (() => unknown)[] = [];
  const side = { endLater: (end: () => unknown) => void ends.push(end) } as Side & OnMiddleware;
  const [before, after] = per === 'file' ? [beforeAll, afterAll] : [beforeEach, afterEach];

  beforeAll(async () => {
    side.middleware = await startTestMiddleware(wanted);
  });
  before(async () => {
    Object.assign(side, await open(side.middleware));
  });
  after(async () => {
    await Promise.all(ends.splice(0).map((end) => end()));
    await side.close();
  });
  afterAll(async () => {
    await side.middleware.stop();
    await expectNoLeakedProcesses();
  });
  return side;
}

import {
  expectNoLeakedProcesses,
  startTestMiddleware,
  type TestMiddleware,
  type TestObjectStore,
} from '@darkroom/testing';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { openRig, type Rig } from './rig.ts';

/** Gives each test of a file a rig of its own, on one object store. */
export function withFreshRig(take: (fresh: { rig: Rig; objectStore: TestObjectStore }) => void): void {
  let middleware: TestMiddleware;
  let rig: Rig;

  beforeAll(async () => {
    middleware = await startTestMiddleware({ objectStore: true });
  });
  afterAll(async () => {
    await middleware.stop();
    await expectNoLeakedProcesses();
  });
  beforeEach(async () => {
    const { objectStore } = middleware;
    // A test may have stopped it.
    await objectStore.start();
    rig = await openRig(objectStore);
    take({ rig, objectStore });
  });
  afterEach(() => rig.close());
}

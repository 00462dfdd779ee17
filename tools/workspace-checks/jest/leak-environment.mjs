import { setTimeout as delay } from 'node:timers/promises';
import { TestEnvironment } from 'jest-environment-node';

const secondsToClose = 30;

/**
 * Fails a test file that left something open: a worker, a client, a server or a process. For projects whose files run in worker processes,
 * which Jest ends by force, so that a run hides what its files forgot. A file that has failed anyway is not looked at: the error would
 * stand in the place of its own, and what ends early closes little.
 */
export class LeakEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.openBefore = countOpen();
  }

  handleTestEvent({ name }) {
    if (name === 'test_fn_failure' || name === 'hook_failure' || name === 'error') this.hasFailed = true;
  }

  async teardown() {
    const left = this.hasFailed ? [] : await leftOpen(this.openBefore);
    await super.teardown();
    if (left.length > 0) {
      throw new Error(
        `This test file ended ${secondsToClose} s ago and left something open (${left.join(', ')}). Close it in afterAll.`,
      );
    }
  }
}

/** What stays open although it had its time to close, by kind. */
async function leftOpen(before) {
  const giveUpAt = Date.now() + secondsToClose * 1000;
  for (;;) {
    const left = [...countOpen()].filter(([kind, count]) => count > (before.get(kind) ?? 0)).map(([kind]) => kind);
    if (left.length === 0 || Date.now() > giveUpAt) return left;
    await delay(20, undefined, { ref: false });
  }
}

/** What keeps this process from ending, counted by kind. */
function countOpen() {
  const counts = new Map();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

export default LeakEnvironment;

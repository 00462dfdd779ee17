import { expect, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import type { WaitingSide } from './waiting-side.ts';
import { watchSide } from './watch-side.ts';

const handle = {
  describe: () => Promise.resolve({ historyLength: 5, raw: { workflowExecutionInfo: { stateTransitionCount: 3 } } }),
};
const engine = {
  workflow: {
    count: () => Promise.resolve({ count: 1 }),
    getHandle: () => handle,
    list: async function* () {
      yield { workflowId: 'waiting' };
    },
  },
} as unknown as Client;

const settings = {
  phase: 'after the expected window',
  ...{ calls: 1, seconds: 0.1, intervalSeconds: 0.1, waitSeconds: 600 },
} as const;

test('a look that Temporal has lost in the watch is waited for', async () => {
  const submittedAt = Date.now();
  const looks: number[] = [];
  const reported: string[] = [];
  const side: WaitingSide = {
    ...{ engine, workflowType: 'waiting', workerPid: process.pid, processes: { worker: process.pid } },
    begin: () => Promise.resolve(),
    looks() {
      // The first look is what makes the call wait; the next is made up for once it was missed.
      // Before the watch has looked at its clock, also where the machine stands still in between.
      if (looks.length === 0 || reported.length > 0) looks.push(Date.now() - 500);
      return Promise.resolve([{ prompt: 'a fox', state: 'queued', submittedAt, looks: [...looks] }]);
    },
  };
  const report = (message: string) => void reported.push(message);
  const { mostLooks } = await watchSide(side, { settings, report, signal: new AbortController().signal });

  expect(reported).toContain('1 tasks are still to be looked at');
  expect(mostLooks).toBe(1);
});

import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createFollowers } from '../src/log/followers.ts';
import { createSharedBudget } from '../src/log/shared-budget.ts';
import { FakeLog } from '../test/fake-log.ts';

test('an account that nobody follows any more holds no memory, nor by a page that was on its way', async () => {
  const log = new FakeLog();
  for (let n = 0; n < 3; n += 1) log.append('call_a');
  let held = 0;
  const shared = createSharedBudget(1_000_000);
  const followers = createFollowers({
    readPage: log.readPage,
    recentLimits: {
      maxEvents: 50,
      maxBytes: 1_000_000,
      budget: {
        took(holder, bytes) {
          held += bytes;
          shared.took(holder, bytes);
        },
        gave(holder, bytes) {
          held -= bytes;
          shared.gave(holder, bytes);
        },
      },
    },
    onBegin: () => undefined,
    wake: () => undefined,
    onFault: (error) => {
      throw error;
    },
  });
  const compare = async () => {
    followers.compared({ default: log.head }, followers.accountIds);
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  };
  followers.of('default');
  for (let comparison = 1; comparison <= 30; comparison += 1) await compare();
  expect(held).toBeGreaterThan(0);
  for (let n = 0; n < 2; n += 1) log.append('call_a');
  const readsBefore = log.reads;
  await compare();

  expect(log.reads).toBe(readsBefore + 1);
  expect(followers.accountIds).toEqual([]);
  expect(held).toBe(0);
});

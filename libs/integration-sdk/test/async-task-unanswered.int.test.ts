import { describe, expect, test } from '@jest/globals';
import type { WorkerInterceptors } from '@temporalio/worker';
import { step, TemporalAsyncTask } from '../src/tasks/index.ts';
import { countExecutions } from './count-executions.ts';
import { waitForStatus } from './task-stage.ts';
import { withTasks } from './with-tasks.ts';

const executions = countExecutions();
const { count } = executions;

const hanging = new TemporalAsyncTask({
  name: 'hanging',
  retryPolicy: { initialDelay: 1, maxDelay: 5 },
  task: async function* () {
    const receipt = yield* step('pay', () => `receipt ${count('hanging/pay')}`);
    // What no task may do: the code behind a step does not come to an end.
    if (count('hanging/behind') === 1) await new Promise(() => undefined);
    return { receipt };
  },
});

const unlucky = new TemporalAsyncTask({
  name: 'unlucky',
  task: async function* () {
    return yield* step('one', () => count('unlucky/one'));
  },
});
/** Fails three times before a worker may ask the task's code. */
const badLuck: WorkerInterceptors = {
  activity: [
    ({ info: { activityType } }) => ({
      inbound: {
        async execute(input, next) {
          if (activityType === 'asyncTask_unlucky.plan' && count('unlucky/asked') <= 3) throw new Error('no luck');
          return next(input);
        },
      },
    }),
  ],
};

withTasks([hanging, unlucky], { interceptors: badLuck });

describe('code of a task', () => {
  test('that hangs behind a step lets nothing be paid for again: the step was recorded before', async () => {
    const status = await waitForStatus(hanging, await hanging.submit({}));
    expect(status).toMatchObject({ status: 'completed', result: { receipt: 'receipt 1' } });
    const { pay, behind } = executions.of('hanging/');
    expect(pay).toBe(1);
    // Again where the answer was lost, too: its workflow task may have timed out.
    expect(behind).toBeGreaterThanOrEqual(2);
  });

  test('that cannot be asked for its next step is asked again, and the task does not fail', async () => {
    const status = await waitForStatus(unlucky, await unlucky.submit({}));
    expect(status).toMatchObject({ status: 'completed', result: 1 });
    const { asked, one } = executions.of('unlucky/');
    expect(one).toBe(1);
    expect(asked).toBeGreaterThanOrEqual(5);
  });
});

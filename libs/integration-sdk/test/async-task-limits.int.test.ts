import { describe, expect, test } from '@jest/globals';
import { type AsyncTaskComponent, step, TemporalAsyncTask } from '../src/tasks/index.ts';
import { countExecutions } from './count-executions.ts';
import { waitForStatus } from './task-stage.ts';
import { withTasks } from './with-tasks.ts';

const quickly = { initialDelay: 1, maxDelay: 5 };
const executions = countExecutions();
const { count } = executions;

const results: Record<string, () => unknown> = {
  'a BigInt': () => ({ size: 5n }),
  'more than 64 KB': () => 'x'.repeat(65 * 1024),
  nothing: () => undefined,
};
const giving = new TemporalAsyncTask({
  name: 'giving',
  task: async function* ({ what }: { what: string }) {
    return { isNothing: (yield* step('give', () => (count(`giving ${what}`), results[what]?.()))) === undefined };
  },
});
const hoarding = new TemporalAsyncTask({
  name: 'hoarding',
  task: async function* () {
    for (const key of ['a', 'b', 'c', 'd', 'e']) yield* step(key, () => 'x'.repeat(60 * 1024));
  },
});

const vast = new TemporalAsyncTask({
  name: 'vast',
  retryPolicy: quickly,
  task: async ({ length }: { length: number }) => {
    count(`a function/${length}`);
    return 'x'.repeat(length);
  },
});
const vastInSteps = new TemporalAsyncTask({
  name: 'vast-in-steps',
  retryPolicy: quickly,
  task: async function* ({ length }: { length: number }) {
    yield* step('draw', () => void count(`a generator/${length}`));
    return 'x'.repeat(length);
  },
});

const caught: string[] = [];
const stubborn = new TemporalAsyncTask({
  name: 'stubborn',
  retryPolicy: { maxRetries: 0 },
  task: async function* () {
    for (const key of ['a', 'b', 'c', 'd']) yield* step(key, () => 'x'.repeat(60 * 1024));
    for (let attempt = 1; attempt <= 100; attempt += 1) {
      try {
        return yield* step(`attempt ${attempt}`, () => {
          throw new Error(`${count('stubborn/attempt')}: ${'ü'.repeat(2000)}`);
        });
      } catch (error) {
        caught.push((error as Error).message);
      }
    }
    return 'never refused';
  },
});

const steps = 40;
const long = new TemporalAsyncTask({
  name: 'long',
  task: async function* () {
    const large = yield* step('large', () => 'x'.repeat(60 * 1024));
    for (let number = 0; number < steps; number += 1) {
      const text = number < 3 ? large : '';
      yield* step(`step ${number}`, () => (count('long/step'), text));
    }
    return { length: large.length };
  },
});

let component: AsyncTaskComponent;

withTasks([giving, hoarding, vast, vastInSteps, stubborn, long], {}, (started) => {
  component = started;
});

describe('the records of a task', () => {
  test('are kept within bounds: a task of many steps goes on in a new run, which takes them along', async () => {
    const taskId = await long.submit({});
    const status = await waitForStatus(long, taskId, ({ status }) => status === 'completed');
    expect(status).toMatchObject({ result: { length: 60 * 1024 } });
    expect(status.completedSteps).toHaveLength(steps + 1);
    expect(executions.of('long/')).toEqual({ step: steps });

    const runs = await runsOf(taskId);
    expect(runs.length).toBeGreaterThan(1);
    // Six events for each step, one for what comes next and one for its progress, and a few for the run.
    const events = runs.reduce((sum, { historyLength }) => sum + historyLength, 0);
    // Some more, and fewer than one for each step, where a workflow task timed out or the code was asked again.
    const repeated = 24;
    expect(events).toBeLessThan((steps + 1) * 8 + runs.length * 8 + repeated);
    for (const { historySize = 0 } of runs) expect(historySize).toBeLessThan(6 * 1024 * 1024);
    expect(status.createdAt).toEqual(runs[0]?.startTime);
  });

  test('of failures count as results do: a task that goes on after each of them comes to an end', async () => {
    const status = await waitForStatus(stubborn, await stubborn.submit({}));
    expect(status).toMatchObject({ status: 'failed', error: { code: 'too_large' } });
    expect(status.error?.message).toMatch(
      /^The results and failures of the task's 3\d steps have 26\d{4} bytes, and 262144 is the limit: store results/,
    );
    expect(caught[0]).toBe(`1: ${'ü'.repeat(254)}`);
    expect(executions.of('stubborn/')['attempt']).toBeLessThan(40);
  });
});

describe('the result of a step', () => {
  test.each([
    ['a BigInt', 'not_json', 'its size is a bigint'],
    ['more than 64 KB', 'too_large', 'store it as an artifact and pass its id'],
  ])('that is %s ends the step at its first attempt', async (what, code, advice) => {
    const status = await waitForStatus(giving, await giving.submit({ what }));
    expect(status).toMatchObject({ status: 'failed', error: { code, step: 'give' } });
    expect(status.error?.message).toContain(advice);
    expect(executions.of('giving ')[what]).toBe(1);
  });

  test('may be nothing', async () => {
    const status = await waitForStatus(giving, await giving.submit({ what: 'nothing' }));
    expect(status).toMatchObject({ status: 'completed', result: { isNothing: true } });
  });

  test('is refused where all results together would be too large', async () => {
    const status = await waitForStatus(hoarding, await hoarding.submit({}));
    expect(status).toMatchObject({ status: 'failed', error: { code: 'too_large', step: 'e' } });
    expect(status.completedSteps).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('the result of a task', () => {
  const largest = 256 * 1024 - '""'.length;

  test.each([
    ['a function', vast],
    ['a generator', vastInSteps],
  ])('that is %s is refused for good above 256 KB, with the advice to store an artifact', async (kind, task) => {
    expect(await waitForStatus(task, await task.submit({ length: largest }))).toHaveProperty('status', 'completed');
    const status = await waitForStatus(task, await task.submit({ length: largest + 1 }));
    expect(status).toHaveProperty('status', 'failed');
    const fact = 'The result of the task has 262145 bytes, and 262144 is the limit';
    expect(status.error).toEqual({
      code: 'too_large',
      message: `${fact}: store it as an artifact and pass its id.`,
    });
    expect(executions.of(`${kind}/`)).toEqual({ [largest]: 1, [largest + 1]: 1 });
  });
});

async function runsOf(taskId: string) {
  const { workflow } = component.getClient();
  const runs = [await workflow.getHandle(taskId).describe()];
  for (;;) {
    const first = runs[0]?.raw.workflowExecutionInfo?.firstRunId;
    const [run] = runs;
    if (run === undefined || first === run.runId) return runs;
    const history = await workflow.getHandle(taskId, run.runId).fetchHistory();
    const before = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    if (typeof before !== 'string' || before === '') return runs;
    runs.unshift(await workflow.getHandle(taskId, before).describe());
  }
}

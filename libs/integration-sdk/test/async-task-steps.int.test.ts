import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import {
  type AsyncTaskComponent,
  AsyncTaskError,
  AsyncTaskStepError,
  step,
  TemporalAsyncTask,
} from '../src/tasks/index.ts';
import { startTasks, waitForStatus } from './task-stage.ts';
import { quietRuntime } from './quiet-runtime.ts';

const secret = 'sk-secret-of-the-provider';
const quickly = { initialDelay: 1, maxDelay: 5 };
const counts = new Map<string, number>();
/** Counts an execution, from 1. */
const count = (what: string): number => {
  counts.set(what, (counts.get(what) ?? 0) + 1);
  return counts.get(what) ?? 0;
};
const executionsOf = (beginning: string) =>
  Object.fromEntries(
    [...counts].flatMap(([what, times]) => (what.startsWith(beginning) ? [[what.slice(beginning.length), times]] : [])),
  );

const story = new TemporalAsyncTask({
  name: 'story',
  retryPolicy: quickly,
  task: async function* ({ topic }: { topic: string }) {
    const title = yield* step('title', () => (count(`${topic}/title`), `On ${topic}`));
    const text = yield* step('text', async () => {
      if (count(`${topic}/text`) < 3) throw new Error('the provider is busy');
      return `${title}: words`;
    });
    yield* step('publish', () => void count(`${topic}/publish`));
    return { text };
  },
});

const careful = new TemporalAsyncTask({
  name: 'careful',
  retryPolicy: { ...quickly, maxRetries: 1 },
  task: async function* () {
    try {
      yield* step('first', () => {
        count('careful/first');
        throw new AsyncTaskError('no_luck', 'not today');
      });
      return 'first';
    } catch (error) {
      if (!(error instanceof AsyncTaskStepError)) throw error;
      return yield* step('second', () => `second, after ${error.step}: ${error.code}`);
    }
  },
});

const failing = new TemporalAsyncTask({
  name: 'failing',
  retryPolicy: quickly,
  task: async function* ({ how }: { how: string }) {
    yield* step('one', () => void count(`${how}/one`));
    if (how === 'in its own code') throw new AsyncTaskError('bad_plan', 'one was enough');
    yield* step('two', () => {
      count(`${how}/two`);
      const error = new AsyncTaskError('refused', `refused with ${secret}`, { retryable: how !== 'for good' });
      throw Object.assign(error, { request: { key: secret } });
    });
  },
});

let plans = 0;
const moody = new TemporalAsyncTask({
  name: 'moody',
  task: async function* () {
    yield* step('one', () => void count('moody/one'));
    yield* step(`two, ${(plans += 1)}`, () => void count('moody/two'));
  },
});

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

const telling = new TemporalAsyncTask({
  name: 'telling',
  retryPolicy: { ...quickly, maxRetries: 2 },
  task: async (_params: object, { attempt, taskId, signal }) => {
    if (attempt < 3) throw new Error(`attempt ${attempt}`);
    return { attempt, taskId, aborted: signal.aborted };
  },
});

const slow = new TemporalAsyncTask({
  name: 'slow',
  stepTimeoutSeconds: 0.5,
  retryPolicy: { maxRetries: 0 },
  task: (_params: object, { signal }) =>
    new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
});

let middleware: TestMiddleware;
let component: AsyncTaskComponent;

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: true });
  const tasks = [story, careful, failing, moody, giving, hoarding, long, telling, slow];
  component = await startTasks(middleware.temporal, tasks, { secrets: [secret] });
});

afterAll(async () => {
  await component.stop();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

describe('the steps of a task', () => {
  test('are each executed until they complete, and never again: a later step that is retried repeats none', async () => {
    const status = await waitForStatus(story, await story.submit({ topic: 'tides' }));
    expect(status).toMatchObject({
      status: 'completed',
      result: { text: 'On tides: words' },
      completedSteps: ['title', 'text', 'publish'],
    });
    expect(executionsOf('tides/')).toEqual({ title: 1, text: 3, publish: 1 });
  });

  test('that fail for good are thrown into the generator, which may go on with others', async () => {
    const status = await waitForStatus(careful, await careful.submit({}));
    expect(status).toMatchObject({ status: 'completed', result: 'second, after first: no_luck' });
    expect(status.completedSteps).toEqual(['second']);
    expect(executionsOf('careful/')).toEqual({ first: 2 });
  });

  test('are replayed with the same keys: a generator that yields others is refused at once', async () => {
    const status = await waitForStatus(moody, await moody.submit({}));
    expect(status).toMatchObject({ status: 'failed', error: { code: 'steps_changed' }, completedSteps: ['one'] });
    expect(status.error?.message).toMatch(/yields "two, \d" where "two, \d" is recorded.*must be deterministic/);
    expect(executionsOf('moody/')).toEqual({ one: 1 });
  });

  test('are recorded within bounds: a task of many goes on in a new run, whose records it takes along', async () => {
    const taskId = await long.submit({});
    const status = await waitForStatus(long, taskId, ({ status }) => status === 'completed');
    expect(status).toMatchObject({ result: { length: 60 * 1024 } });
    expect(status.completedSteps).toHaveLength(steps + 1);
    expect(executionsOf('long/')).toEqual({ step: steps });

    const runs = await runsOf(taskId);
    expect(runs.length).toBeGreaterThan(1);
    // Six events for each step and one for its progress, and a few for the run.
    const events = runs.reduce((sum, { historyLength }) => sum + historyLength, 0);
    expect(events).toBeLessThan((steps + 1) * 7 + runs.length * 8);
    for (const { historySize = 0 } of runs) expect(historySize).toBeLessThan(6 * 1024 * 1024);
    expect(status.createdAt).toEqual(runs[0]?.startTime);
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
    expect(counts.get(`giving ${what}`)).toBe(1);
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

describe('params', () => {
  test('that are too large, or no JSON, are refused before anything starts', async () => {
    await expect(story.submit({ topic: 'x'.repeat(256 * 1024) })).rejects.toMatchObject({ code: 'too_large' });
    await expect(story.submit({ topic: 5n as never })).rejects.toThrow('its topic is a bigint');
  });
});

describe('a failure', () => {
  test('has the code and the message of what was thrown, without secrets, stack or cause, after all attempts', async () => {
    const taskId = await failing.submit({ how: 'after all attempts' });
    const status = await waitForStatus(failing, taskId);
    expect(status).toMatchObject({ status: 'failed', completedSteps: ['one'] });
    expect(status.error).toEqual({ code: 'refused', message: 'refused with [secret]', step: 'two' });
    expect(executionsOf('after all attempts/')).toEqual({ one: 1, two: 4 });

    const history = historyToJSON(await component.getClient().workflow.getHandle(taskId).fetchHistory());
    expect(history).not.toContain(secret);
    expect(history).not.toMatch(/"stackTrace": "./);
  });

  test('that says that no retry helps is the last attempt', async () => {
    const status = await waitForStatus(failing, await failing.submit({ how: 'for good' }));
    expect(status).toMatchObject({ status: 'failed', error: { code: 'refused' } });
    expect(executionsOf('for good/')).toEqual({ one: 1, two: 1 });
  });

  test('of the code after a step leaves the result of the step recorded', async () => {
    const status = await waitForStatus(failing, await failing.submit({ how: 'in its own code' }));
    expect(status).toMatchObject({ status: 'failed', completedSteps: ['one'] });
    expect(status.error).toEqual({ code: 'bad_plan', message: 'one was enough' });
    expect(executionsOf('in its own code/')).toEqual({ one: 1 });
  });

  test('of a step that takes longer than its time has a code of its own', async () => {
    const status = await waitForStatus(slow, await slow.submit({}));
    expect(status).toMatchObject({ status: 'failed', error: { code: 'step_timed_out' } });
  });
});

test('a function is told its attempt, its task and a signal, and is tried `maxRetries + 1` times', async () => {
  const taskId = await telling.submit({});
  const status = await waitForStatus(telling, taskId);
  expect(status).toMatchObject({ status: 'completed', result: { attempt: 3, taskId, aborted: false } });
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

import { describe, expect, test } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import {
  type AsyncTaskComponent,
  AsyncTaskError,
  AsyncTaskStepError,
  step,
  TemporalAsyncTask,
} from '../src/tasks/index.ts';
import { countExecutions } from './count-executions.ts';
import { waitForStatus } from './task-stage.ts';
import { withTasks } from './with-tasks.ts';

const secret = 'sk-secret-of-the-provider';
const quickly = { initialDelay: 1, maxDelay: 5 };
const executions = countExecutions();
const { count } = executions;

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

let component: AsyncTaskComponent;

withTasks([story, careful, failing, moody, telling, slow], { secrets: [secret] }, (started) => {
  component = started;
});

describe('the steps of a task', () => {
  test('are each executed until they complete, and never again: a later step that is retried repeats none', async () => {
    const status = await waitForStatus(story, await story.submit({ topic: 'tides' }));
    expect(status).toMatchObject({
      status: 'completed',
      result: { text: 'On tides: words' },
      completedSteps: ['title', 'text', 'publish'],
    });
    expect(executions.of('tides/')).toEqual({ title: 1, text: 3, publish: 1 });
  });

  test('that fail for good are thrown into the generator, which may go on with others', async () => {
    const status = await waitForStatus(careful, await careful.submit({}));
    expect(status).toMatchObject({ status: 'completed', result: 'second, after first: no_luck' });
    expect(status.completedSteps).toEqual(['second']);
    expect(executions.of('careful/')).toEqual({ first: 2 });
  });

  test('are replayed with the same keys: a generator that yields others is refused at once', async () => {
    const status = await waitForStatus(moody, await moody.submit({}));
    expect(status).toMatchObject({ status: 'failed', error: { code: 'steps_changed' }, completedSteps: ['one'] });
    expect(status.error?.message).toMatch(/yields "two, \d" where "two, \d" is recorded.*must be deterministic/);
    expect(executions.of('moody/')).toEqual({ one: 1 });
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
    expect(executions.of('after all attempts/')).toEqual({ one: 1, two: 4 });

    const history = historyToJSON(await component.getClient().workflow.getHandle(taskId).fetchHistory());
    expect(history).not.toContain(secret);
    expect(history).not.toMatch(/"stackTrace": "./);
  });

  test('that says that no retry helps is the last attempt', async () => {
    const status = await waitForStatus(failing, await failing.submit({ how: 'for good' }));
    expect(status).toMatchObject({ status: 'failed', error: { code: 'refused' } });
    expect(executions.of('for good/')).toEqual({ one: 1, two: 1 });
  });

  test('of the code after a step leaves the result of the step recorded', async () => {
    const status = await waitForStatus(failing, await failing.submit({ how: 'in its own code' }));
    expect(status).toMatchObject({ status: 'failed', completedSteps: ['one'] });
    expect(status.error).toEqual({ code: 'bad_plan', message: 'one was enough' });
    expect(executions.of('in its own code/')).toEqual({ one: 1 });
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

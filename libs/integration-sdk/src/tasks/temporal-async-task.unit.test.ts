import { describe, expect, test } from '@jest/globals';
import { AsyncTaskComponent } from './async-task-component.ts';
import { AsyncTaskNotConnectedError } from './task-errors.ts';
import { TemporalAsyncTask } from './temporal-async-task.ts';

const task = async ({ value }: { value: number }) => value * 2;

describe('a task', () => {
  test('gives back its function, its name and its retry policy', () => {
    const double = new TemporalAsyncTask({ name: 'double', task });
    expect(double.getTaskFunction()).toBe(task);
    expect(double.getName()).toBe('double');
    expect(double.getRetryPolicy()).toEqual({
      maxRetries: 3,
      initialDelay: 1000,
      maxDelay: 30000,
      backoffMultiplier: 2,
    });
  });

  test('makes `maxRetries + 1` attempts of a step, each of 30 minutes, and notices a lost worker in 20 seconds', () => {
    const { stepLimits } = new TemporalAsyncTask({ name: 'double', task, retryPolicy: { maxRetries: 0 } });
    expect(stepLimits).toEqual({
      maximumAttempts: 1,
      initialDelayMs: 1000,
      maximumDelayMs: 30_000,
      backoffMultiplier: 2,
      timeoutSeconds: 1800,
      lostWorkerSeconds: 20,
    });
  });

  test('is multi-step as an async generator only, also as a method and bound', () => {
    const isMultiStep = (one: ConstructorParameters<typeof TemporalAsyncTask>[0]['task']) =>
      new TemporalAsyncTask({ name: 'one', task: one }).isMultiStep();
    async function* steps() {
      yield { key: 'one', call: () => 1 };
      return 1;
    }
    const methods = {
      async *steps() {
        yield* steps();
        return 1;
      },
    };
    expect([steps, steps.bind(undefined), methods.steps].map(isMultiStep)).toEqual([true, true, true]);
    expect(isMultiStep(async () => 1)).toBe(false);
  });

  test.each([
    ['a name with a space', { name: 'a task' }, 'cannot have the name "a task"'],
    ['an empty queue', { taskQueue: ' ' }, 'taskQueue'],
    ['a step without time', { stepTimeoutSeconds: 0 }, 'stepTimeoutSeconds'],
    ['half a retry', { retryPolicy: { maxRetries: 0.5 } }, 'maxRetries'],
    ['delays that shrink', { retryPolicy: { backoffMultiplier: 0.5 } }, 'backoffMultiplier'],
    ['a longest delay below the first', { retryPolicy: { maxDelay: 10 } }, 'maxDelay'],
    ['a generator that is not async', { task: function* () {} as never }, 'an async generator function'],
  ])('refuses %s', (_what, options, message) => {
    expect(() => new TemporalAsyncTask({ name: 'double', task, ...options })).toThrow(message);
  });

  test('says that it is not connected before it has a client', async () => {
    const double = new TemporalAsyncTask({ name: 'double', task });
    await expect(double.submit({ value: 1 })).rejects.toThrow(AsyncTaskNotConnectedError);
    await expect(double.getStatus('one')).rejects.toThrow('call connect() or start()');
    await expect(double.cancel('one')).rejects.toThrow(AsyncTaskNotConnectedError);
  });
});

describe('a component', () => {
  test('is at localhost:7233, in the namespace `default`, on the queue `async-tasks`, where it is told nothing else', () => {
    expect(new AsyncTaskComponent().settings).toMatchObject({
      temporalAddress: 'localhost:7233',
      namespace: 'default',
      taskQueue: 'async-tasks',
    });
  });

  test('takes its defaults also for what is told as undefined, as plain JavaScript may', () => {
    const told = {
      temporalAddress: undefined,
      namespace: undefined,
      taskQueue: undefined,
      secrets: undefined,
    } as object;
    expect(new AsyncTaskComponent(told).settings).toMatchObject({
      temporalAddress: 'localhost:7233',
      namespace: 'default',
      taskQueue: 'async-tasks',
      secrets: [],
    });
    const retryPolicy = { maxRetries: undefined, maxDelay: 2_000 } as object;
    expect(new TemporalAsyncTask({ name: 'double', task, retryPolicy }).getRetryPolicy()).toMatchObject({
      maxRetries: 3,
      maxDelay: 2_000,
    });
  });

  test.each([
    ['an empty queue', { taskQueue: ' ' }, 'The taskQueue of a component must not be empty'],
    ['an empty address', { temporalAddress: '' }, 'The temporalAddress of a component must not be empty'],
    ['no step at once', { maxConcurrentSteps: 0 }, 'maxConcurrentSteps'],
  ])('refuses %s', (_what, options, message) => {
    expect(() => new AsyncTaskComponent(options)).toThrow(message);
  });

  test('gives its queue to the tasks that have none of their own', () => {
    const [without, withOwn] = [
      new TemporalAsyncTask({ name: 'without', task }),
      new TemporalAsyncTask({ name: 'with', task, taskQueue: 'own' }),
    ];
    new AsyncTaskComponent({ taskQueue: 'of-the-component' }).registerAll([without, withOwn]);
    expect([without.taskQueue, withOwn.taskQueue]).toEqual(['of-the-component', 'own']);
  });

  test('refuses a second task of the same name, a late one, and to start with none', async () => {
    const component = new AsyncTaskComponent();
    await expect(component.start()).rejects.toThrow('register a task first');
    component.register(new TemporalAsyncTask({ name: 'double', task }));
    expect(() => component.register(new TemporalAsyncTask({ name: 'double', task }))).toThrow(
      'There is a task "double" already',
    );
    await component.connect();
    expect(() => component.register(new TemporalAsyncTask({ name: 'late', task }))).toThrow('comes too late');
    await component.stop();
  });

  test('connects tasks without a worker, and disconnects them', async () => {
    const component = new AsyncTaskComponent();
    const double = new TemporalAsyncTask({ name: 'double', task });
    component.register(double);
    expect(() => component.getClient()).toThrow(AsyncTaskNotConnectedError);
    await component.connect();
    expect(component.getClient().options.namespace).toBe('default');
    expect(component.isStarted()).toBe(false);
    await component.stop();
    await expect(double.submit({ value: 1 })).rejects.toThrow(AsyncTaskNotConnectedError);
  });
});

import type { IntegrationDefinition } from '@darkroom/integration-sdk';
import { describe, expect, test } from '@jest/globals';
import type { ActivityExecuteInput } from '@temporalio/worker';
import { createRunningActivities } from '../temporal/running-activities.ts';
import { drainSecondsOf } from './drain-seconds.ts';

const definitions = [
  {
    operations: {
      draw: { delivery: 'call', limits: { deadlineSeconds: 60 } },
      paint: { delivery: 'call', limits: { deadlineSeconds: 300 } },
      film: { delivery: 'poll', limits: { deadlineSeconds: 3600 } },
    },
  },
] as unknown as IntegrationDefinition[];

describe('the time that a stop waits', () => {
  test('is the longest deadline that an operation with one slow request declares', () => {
    expect(drainSecondsOf(definitions, [])).toBe(300);
    expect(drainSecondsOf(definitions, [{ deadlineSeconds: 20 }, {}])).toBe(300);
  });

  test('is the longer deadline of a call in hand, where the operator overruled the limits', async () => {
    const running = createRunningActivities();
    const [finish, execution] = start(running, [
      { attempt: 1, again: false, call: { limits: { deadlineSeconds: 900 } } },
    ]);
    expect(drainSecondsOf(definitions, running.list())).toBe(900);
    finish();
    await execution;
    expect(drainSecondsOf(definitions, running.list())).toBe(300);
  });

  test('is two minutes at least, for what is being stored', () => {
    expect(drainSecondsOf([], [])).toBe(120);
  });

  test.each([
    ['a report', { kind: 'deliver' }],
    ['a look at a task', { attempt: 1, externalId: 'task-1', call: { limits: { deadlineSeconds: 3600 } } }],
  ])('does not depend on %s: nothing is submitted', async (_name, input) => {
    const running = createRunningActivities();
    const [finish, execution] = start(running, [input]);
    expect(drainSecondsOf(definitions, running.list())).toBe(300);
    finish();
    await execution;
  });
});

function start(running: ReturnType<typeof createRunningActivities>, args: unknown[]): [() => void, Promise<unknown>] {
  const context = { info: { activityType: 'draw' } } as unknown as Parameters<ReturnType<typeof running.observe>>[0];
  const { promise, resolve } = Promise.withResolvers<void>();
  const { inbound } = running.observe('tiny')(context);
  const execution = inbound?.execute?.({ args, headers: {} } satisfies ActivityExecuteInput, () => promise);
  return [resolve, Promise.resolve(execution)];
}

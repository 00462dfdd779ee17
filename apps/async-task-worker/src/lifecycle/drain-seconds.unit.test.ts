import type { IntegrationDefinition } from '@darkroom/integration-sdk';
import { describe, expect, test } from '@jest/globals';
import type { ActivityExecuteInput } from '@temporalio/worker';
import { createRunningActivities } from '../temporal/running-activities.ts';
import { drainSecondsOf } from './drain-seconds.ts';

const definitions = [
  { operations: { draw: { limits: { deadlineSeconds: 60 } }, film: { limits: { deadlineSeconds: 300 } } } },
] as unknown as IntegrationDefinition[];

describe('the time that a stop waits', () => {
  test('is the longest deadline that an operation declares', () => {
    expect(drainSecondsOf(definitions, [])).toBe(300);
    expect(drainSecondsOf(definitions, [{ deadlineSeconds: 20 }, {}])).toBe(300);
  });

  test('is the longer deadline of a call in hand, where the operator overruled the limits', async () => {
    const running = createRunningActivities();
    const [finish, execution] = start(running, [{ attempt: 1, call: { limits: { deadlineSeconds: 900 } } }]);
    expect(drainSecondsOf(definitions, running.list())).toBe(900);
    finish();
    await execution;
    expect(drainSecondsOf(definitions, running.list())).toBe(300);
  });

  test('does not depend on activities that submit nothing', async () => {
    const running = createRunningActivities();
    const [finish, execution] = start(running, [{ kind: 'deliver' }]);
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

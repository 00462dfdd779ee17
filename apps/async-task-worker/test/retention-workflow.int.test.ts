import type { RetentionAnswer, RetentionKind, RetentionResult } from '@darkroom/contract';
import { connectClient, connectWorker, type TemporalClient } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { RetentionActivities } from '../src/platform/retention/retention-activities.ts';
import { platformBundle } from './platform-worker.ts';

let middleware: TestMiddleware;
let temporal: TemporalClient;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  middleware = await startTestMiddleware({ temporal: true });
  temporal = connectClient({ ...middleware.temporal, identity: 'test' });
});
afterAll(async () => {
  await temporal.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

type Remove = (kind: RetentionKind, cursor: string | null) => RetentionAnswer;

/** Runs the workflow with a `main` that removes as the test says. */
async function runRetention(kinds: RetentionKind[], remove: Remove) {
  const told: RetentionResult[] = [];
  const activities: RetentionActivities = {
    removeOld: (kind, cursor) => Promise.resolve(remove(kind, cursor)),
    tellRemoved: (removed) => Promise.resolve(void told.push(removed)),
  };
  const { address, namespace } = middleware.temporal;
  const connection = await connectWorker({ address });
  const workflowBundle = await platformBundle();
  const taskQueue = `retention-${crypto.randomUUID()}`;
  const worker = await Worker.create({ connection, namespace, taskQueue, workflowBundle, activities });
  try {
    const running = temporal.client.workflow.start('retentionWorkflow', {
      taskQueue,
      workflowId: taskQueue,
      args: [{ kinds }],
    });
    return await worker.runUntil(async () => {
      const handle = await running;
      const end = await handle.result().then(
        (result: unknown) => ({ result }),
        ({ cause }: { cause?: Error }) => ({ reason: cause?.message }),
      );
      return {
        ...end,
        told,
        firstHistory: await temporal.client.workflow.getHandle(taskQueue, handle.firstExecutionRunId).fetchHistory(),
      };
    });
  } finally {
    await connection.close();
  }
}

test('goes on with each kind until nothing is left, and says how much of each was removed', async () => {
  const asked: unknown[] = [];
  const end = await runRetention(['events', 'artifacts'], (kind, cursor) => {
    asked.push([kind, cursor]);
    return { count: 10, bytes: 1000, cursor: kind === 'events' && cursor === null ? 'here' : null };
  });
  const removed = { events: { count: 20, bytes: 2000 }, artifacts: { count: 10, bytes: 1000 } };
  expect(end).toMatchObject({ result: removed, told: [removed] });
  expect(asked).toEqual([
    ['events', null],
    ['events', 'here'],
    ['artifacts', null],
  ]);
});

test('where one kind cannot be removed, removes the others and fails with the reason', async () => {
  const end = await runRetention(['artifacts', 'histories'], (kind) => {
    if (kind === 'artifacts') throw ApplicationFailure.nonRetryable('object storage is away');
    return { count: 3, bytes: 30, cursor: null };
  });
  expect(end).toMatchObject({
    reason: 'Not all artifacts that are old were removed: object storage is away.',
    told: [{ histories: { count: 3, bytes: 30 } }],
  });
});

test('keeps its history small, however much there is to remove', async () => {
  const end = await runRetention(['events', 'artifacts'], (_kind, cursor) => {
    const step = Number(cursor ?? 0) + 1;
    return { count: 1, bytes: 2, cursor: step === 60 ? null : String(step) };
  });
  const removed = { events: { count: 60, bytes: 120 }, artifacts: { count: 60, bytes: 120 } };
  expect(end).toMatchObject({ result: removed, told: [removed] });
  expect(end.firstHistory.events?.length).toBeLessThan(1000);
});

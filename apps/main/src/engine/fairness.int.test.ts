import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createId } from '@darkroom/contract';
import { connectClient, type TemporalClient } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { beginActivity, takeActivityTask, takeWorkflowTask, testStart } from '../../test/test-engine.ts';
import { tiny } from '../../test/tiny-tasks.ts';
import { until } from '../../test/until.ts';
import { connectTasks, type DeclaredTasks } from '../tasks/declared-tasks.ts';
import { workflowIdOf } from '../tasks/own-task.ts';
import { submitTask } from '../tasks/submit-task.ts';
import { createPlatformWorkflows } from './platform-workflows.ts';
import { createTemporalEngine } from './temporal-engine.ts';

const [many, few] = [60, 5];
/** By turns the few are through when as many of the others are; behind them, when all are. */
const mostBeforeTheFew = 20;
const [workflowTasks, activityTasks] = [1, 2];

let middleware: TestMiddleware;
let temporal: TemporalClient;
let tasks: DeclaredTasks;

beforeAll(async () => {
  middleware = await startTestMiddleware({ temporal: true });
  const { address, namespace } = middleware.temporal;
  temporal = connectClient({ address, namespace, identity: 'test' });
  tasks = await connectTasks({ definitions: [tiny], enabled: [tiny], temporal: { address, namespace } });
});

afterAll(async () => {
  await tasks.stop();
  await temporal.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

/** A queue without a worker, and how `main` starts what belongs on it. */
interface Way {
  taskQueue: string;
  /** Answers the id of the workflow. */
  start(accountId: string): Promise<string>;
}

const ofCalls = (taskQueue: string): Way => ({
  taskQueue,
  async start(accountId) {
    const callId = createId('call');
    const { input, ...call } = testStart(callId, taskQueue);
    await createTemporalEngine(temporal.client).start({ ...call, input: { ...input, accountId } });
    return callId;
  },
});

const ofBatches = (taskQueue: string): Way => ({
  taskQueue,
  async start(accountId) {
    const workflowId = createId('bat');
    const batch = { type: 'batchWorkflow', workflowId, accountId, summary: 'a batch', input: {} };
    await createPlatformWorkflows(temporal.client, taskQueue).start(batch);
    return workflowId;
  },
});

const ofTasks = (): Way => ({
  taskQueue: tasks.find('tiny_later').task.taskQueue,
  async start(accountId) {
    const submission = { accountId, name: 'tiny_later', body: { params: { text: 'later' } } };
    const { taskId } = await submitTask(tasks, submission);
    return workflowIdOf({ accountId, taskId });
  },
});

async function startMany({ start }: Way, accountId: string, count: number): Promise<Set<string>> {
  const workflowIds = new Set<string>();
  while (workflowIds.size < count) workflowIds.add(await start(accountId));
  return workflowIds;
}

/** Until then Temporal hands tasks on as they come, and there is no order to choose. */
async function untilAllWait({ taskQueue: name }: Way, taskQueueType: number): Promise<void> {
  const { workflowService, options } = temporal.client;
  const asked = { namespace: options.namespace, taskQueue: { name }, taskQueueType, reportStats: true };
  await until(
    async () => Number((await workflowService.describeTaskQueue(asked)).stats?.approximateBacklogCount ?? 0),
    (waiting) => waiting >= many + few,
  );
}

interface Task {
  workflowExecution?: { workflowId?: string | null } | null;
}

/** How many others come before the last of these, where one is taken after the other, as by a worker with one slot. */
async function countBeforeLast(workflowIds: Set<string>, take: () => Promise<Task>): Promise<number> {
  let others = 0;
  while (workflowIds.size > 0) {
    const { workflowExecution } = await take();
    if (!workflowIds.delete(workflowExecution?.workflowId ?? '')) others += 1;
  }
  return others;
}

describe('what an account has few of is not behind all that another one has waiting in Temporal', () => {
  test.each([
    ['calls', () => ofCalls('queue-of-calls')],
    ['batches and notifications', () => ofBatches('queue-of-batches')],
    ['asynchronous tasks', ofTasks],
  ])('%s', async (_what, open) => {
    const way = open();
    await startMany(way, 'big', many);
    const ofSmall = await startMany(way, 'small', few);
    await untilAllWait(way, workflowTasks);
    const take = () => takeWorkflowTask(temporal.client, way.taskQueue);
    expect(await countBeforeLast(ofSmall, take)).toBeLessThanOrEqual(mostBeforeTheFew);
  });

  test('and neither is what their workflows have workers do', async () => {
    const way = ofCalls('queue-of-activities');
    const begin = async (accountId: string, count: number) => {
      const workflowIds = await startMany(way, accountId, count);
      for (let begun = 0; begun < count; begun += 1) await beginActivity(temporal.client, way.taskQueue);
      return workflowIds;
    };
    await begin('big', many);
    const ofSmall = await begin('small', few);
    await untilAllWait(way, activityTasks);
    const take = () => takeActivityTask(temporal.client, way.taskQueue);
    expect(await countBeforeLast(ofSmall, take)).toBeLessThanOrEqual(mostBeforeTheFew);
  });
});

import { type Client, defaultPayloadConverter } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { StartableDefinition } from '../src/dispatch/startable-operations.ts';
import type { Engine } from '../src/engine/engine.ts';
import { testLimits } from './internal-side.ts';

/** An integration for tests; its queue has no worker, so what a workflow does is up to the test. */
export const testDefinition: StartableDefinition = {
  name: 'testing',
  taskQueue: 'testing-tasks',
  operations: { draw: { workflow: 'testWorkflow' } },
};

/** The engine, with something done around each start, and a count of the starts that it answered. */
export function aroundStart(
  engine: Engine,
  around: (start: () => Promise<{ runId: string }>, callId: string) => Promise<{ runId: string }>,
) {
  const starts = new Map<string, number>();
  const start: Engine['start'] = async (workflow) => {
    const { callId } = workflow.input;
    const started = await around(() => engine.start(workflow), callId);
    starts.set(callId, (starts.get(callId) ?? 0) + 1);
    return started;
  };
  return { ...engine, start, starts };
}

/** What starts a call's workflow; on a queue of its own where the test answers its tasks. */
export function testStart(callId: string, taskQueue = testDefinition.taskQueue): Parameters<Engine['start']>[0] {
  const acceptedAt = new Date().toISOString();
  const call = {
    callId,
    accountId: 'default',
    integration: 'testing',
    operation: 'draw',
    input: {},
    limits: testLimits,
    acceptedAt,
  };
  return { type: 'testWorkflow', taskQueue, input: { ...call, storageRetrySeconds: 3600 } };
}

const [scheduleActivityTask, completeWorkflowExecution] = [1, 4];
const answerMilliseconds = 30_000;

/** Takes the next workflow task of a queue, as a worker would. */
export async function takeWorkflowTask(client: Client, taskQueue: string) {
  const { workflowService, options } = client;
  const poll = { namespace: options.namespace, taskQueue: { name: taskQueue }, identity: 'test' };
  return client.withDeadline(Date.now() + answerMilliseconds, () => workflowService.pollWorkflowTaskQueue(poll));
}

/** Answers the next workflow task of a queue as a worker would whose workflow returns at once. */
export async function returnFromWorkflow(client: Client, taskQueue: string, value: unknown): Promise<void> {
  const completeWorkflowExecutionCommandAttributes = {
    result: { payloads: [defaultPayloadConverter.toPayload(value)] },
  };
  await answerWorkflowTask(client, taskQueue, [
    { commandType: completeWorkflowExecution, completeWorkflowExecutionCommandAttributes },
  ]);
}

/** Answers it as one whose workflow begins an activity on the same queue. */
export async function beginActivity(client: Client, taskQueue: string): Promise<void> {
  const scheduleActivityTaskCommandAttributes = {
    activityId: '1',
    activityType: { name: 'testActivity' },
    taskQueue: { name: taskQueue },
    startToCloseTimeout: msToTs('1 minute'),
  };
  await answerWorkflowTask(client, taskQueue, [
    { commandType: scheduleActivityTask, scheduleActivityTaskCommandAttributes },
  ]);
}

/** Takes the next activity task of a queue, as a worker would. */
export async function takeActivityTask(client: Client, taskQueue: string) {
  const { workflowService, options } = client;
  const poll = { namespace: options.namespace, taskQueue: { name: taskQueue }, identity: 'test' };
  return client.withDeadline(Date.now() + answerMilliseconds, () => workflowService.pollActivityTaskQueue(poll));
}

type Answer = Parameters<Client['workflowService']['respondWorkflowTaskCompleted']>[0];

async function answerWorkflowTask(
  client: Client,
  taskQueue: string,
  commands: NonNullable<Answer['commands']>,
): Promise<void> {
  const { workflowService, options } = client;
  const { taskToken } = await takeWorkflowTask(client, taskQueue);
  await workflowService.respondWorkflowTaskCompleted({ namespace: options.namespace, taskToken, commands });
}

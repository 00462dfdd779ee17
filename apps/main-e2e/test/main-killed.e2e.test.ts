import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Call } from '@darkroom/contract';
import { connectClient } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, startStack, type Stack, until } from '@darkroom/testing';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { expectStoredImage } from './expect-stored-image.ts';
import { startHeldConnection } from './held-connection.ts';
import { untilAway } from './until-away.ts';

const paidOnce = { claimed: 1, accepted: 1, refused: 0, unknown: 0 };

describe('main or Temporal that ends in the middle', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack();
  });

  afterAll(async () => {
    await stack?.stop();
    await expectNoLeakedProcesses();
  });

  const expectCompletedPaidOnce = async (call: Call, prompt: string) => {
    await expectStoredImage(call);
    expect(call.submissions).toEqual(paidOnce);
    expect((await stack.control.submissions(prompt)).accepted).toBe(1);
  };

  test('[P1] Temporal stopped: calls are accepted, say what they wait for, and complete when it is back', async () => {
    await stack.middleware.temporal.stop();
    const prompts = Array.from({ length: 5 }, (_, index) => `accepted without an engine, number ${index}.`);
    const accepted = await Promise.all(prompts.map((prompt) => stack.submit({ prompt })));
    expect(accepted.map(({ status, waitingFor }) => [status, waitingFor])).toEqual(
      prompts.map(() => ['pending', 'engine']),
    );
    await untilAway(stack.main.url, 'temporal');

    await stack.middleware.temporal.start();
    for (const [index, { id }] of accepted.entries()) {
      await expectCompletedPaidOnce(await stack.waitForEnd(id, 120), prompts[index] as string);
    }
  });

  test('[P1] main killed between commit and start: the call is started by the next one', async () => {
    const prompt = 'main is killed between commit and start';
    await stack.middleware.temporal.stop();
    const { id } = await stack.submit({ prompt });
    await stack.main.service.kill();
    await stack.middleware.temporal.start();
    await stack.main.start();

    await expectCompletedPaidOnce(await stack.waitForEnd(id, 120), prompt);
  });

  test('[P1] [P2] main killed between start and call.processing, with a provider that answers at once: one run, one payment', async () => {
    const prompt = 'main is killed between start and processing';
    await stack.control.plan({ match: prompt, latencyMs: 0 });
    const { temporal } = stack.middleware;
    const proxy = await startHeldConnection(temporal.address);
    const temporalClient = connectClient({
      address: temporal.address,
      namespace: temporal.namespace,
      identity: 'test',
    });
    try {
      await stack.main.service.stop();
      await stack.main.start({ TEMPORAL_HOST: proxy.address });
      // From its start on: while Temporal does not answer main starts nothing.
      proxy.holdAnswersFrom(prompt);
      const { id } = await stack.submit({ prompt });
      await until('the workflow has been started', () => isStarted(temporalClient.client, id));
      expect(proxy.isHolding()).toBe(true);
      await stack.main.service.kill();
      await stack.main.start({ TEMPORAL_HOST: temporal.address });

      const call = await stack.waitForEnd(id, 120);
      await expectCompletedPaidOnce(call, prompt);
      const events = (await stack.events(id)).map(({ type }) => type);
      expect(events.filter((type) => type === 'call.processing')).toHaveLength(1);
      expect(events.indexOf('call.processing')).toBe(1);
    } finally {
      await temporalClient.close();
      await proxy.stop();
    }
  });

  test('[P3] [P4] a call that has ended stays as it was through a restart of everything', async () => {
    const prompt = 'this call has ended';
    const { id } = await stack.submit({ prompt });
    const ended = await stack.waitForEnd(id);
    const events = await stack.events(id);
    await Promise.all([stack.main.service.kill(), stack.workers[0]?.service.kill(), stack.middleware.temporal.kill()]);
    await stack.middleware.postgres.kill();
    await stack.middleware.postgres.start();
    await stack.middleware.temporal.start();
    await stack.main.start();
    await stack.workers[0]?.start();

    expect(await stack.call(id)).toEqual(ended);
    expect(await stack.events(id)).toEqual(events);
  });
});

/** Whether Temporal has a workflow of this id: asked directly, because the answer to main is kept back. */
async function isStarted(client: Client, workflowId: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).describe();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

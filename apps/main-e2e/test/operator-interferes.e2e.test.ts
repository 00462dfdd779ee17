import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Call, isTerminal } from '@darkroom/contract';
import { connectClient, type TemporalClient } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, startStack, type Stack, type StackProcess, until } from '@darkroom/testing';
import Long from 'long';
import { expectPaidAsSaid } from './expect-paid-as-said.ts';
import { expectStoredImage } from './expect-stored-image.ts';

const nothing = { claimed: 0, accepted: 0, refused: 0, unknown: 0 };

describe('an operator who interferes with a workflow in Temporal', () => {
  let stack: Stack;
  let worker: StackProcess;
  let temporal: TemporalClient;

  beforeAll(async () => {
    stack = await startStack({ mainEnvironment: { RECONCILE_INTERVAL_SECONDS: '1', RECONCILE_SILENCE_SECONDS: '1' } });
    worker = stack.workers[0] as StackProcess;
    const { address, namespace } = stack.middleware.temporal;
    temporal = connectClient({ address, namespace, identity: 'operator' });
  });

  afterAll(async () => {
    await temporal?.close();
    await stack?.stop();
    await expectNoLeakedProcesses();
  });

  const isPaid = async (prompt: string) => (await stack.control.submissions(prompt)).accepted > 0;
  const started = async (prompt: string) => {
    const { id } = await stack.submit({ prompt });
    await stack.waitFor(id, ({ status }) => status === 'processing');
    return id;
  };
  const startedAndPaid = async (prompt: string, ...latenciesMs: number[]) => {
    await stack.control.plan({ match: prompt, steps: latenciesMs.map((latencyMs) => ({ latencyMs })) });
    const { id } = await stack.submit({ prompt });
    await until(`"${prompt}" is paid`, () => isPaid(prompt));
    return id;
  };
  const deleteWorkflow = (workflowId: string) =>
    temporal.connection.workflowService.deleteWorkflowExecution({
      namespace: stack.middleware.temporal.namespace,
      workflowExecution: { workflowId },
    });

  describe('while no worker is alive', () => {
    const [terminated, deleted] = ['terminated before it was claimed', 'deleted before it was claimed'];
    let calls: Call[];

    beforeAll(async () => {
      await worker.service.stop();
      const ids = [await started(terminated), await started(deleted)] as const;
      await temporal.client.workflow.getHandle(ids[0]).terminate('an operator said so');
      await deleteWorkflow(ids[1]);
      calls = await Promise.all(ids.map((id) => stack.waitForEnd(id, 60)));
      await worker.start();
    });

    test('[P3] terminated before anything was claimed: the call ends `terminated`, unpaid', async () => {
      expect(calls[0]).toMatchObject({
        status: 'failed',
        error: { code: 'terminated', retryable: true },
        submissions: nothing,
      });
      expect((await stack.control.submissions(terminated)).accepted).toBe(0);
    });

    test('[P2] deleted before anything was claimed: the call ends `terminated` and is never started again', async () => {
      expect(calls[1]).toMatchObject({ status: 'failed', error: { code: 'terminated' }, submissions: nothing });
      expect((await stack.control.submissions(deleted)).accepted).toBe(0);
    });
  });

  test.concurrent.each([
    ['terminated', (id: string) => temporal.client.workflow.getHandle(id).terminate('an operator said so')],
    ['deleted', deleteWorkflow],
  ])(
    '[P2] [P5] %s while the provider works: the outcome is unknown, and the paid image is kept as a late artifact',
    async (what, interfere) => {
      const prompt = `${what} while the provider works`;
      // The answer is not to come before the reconciler has looked.
      const id = await startedAndPaid(prompt, 15_000);
      await interfere(id);
      const ended = await stack.waitForEnd(id, 60);
      expect(ended).toMatchObject({ status: 'failed', error: { code: 'submission_outcome_unknown' } });
      expect(ended.submissions.claimed).toBe(1);
      await expectPaidAsSaid(stack, ended, prompt);

      const later = await stack.waitFor(id, ({ lateArtifacts }) => lateArtifacts !== undefined, 60);
      expect(later).toMatchObject({
        status: 'failed',
        lateArtifacts: [{ contentType: expect.stringMatching(/^image\//) }],
        submissions: { claimed: 1, accepted: 1, refused: 0, unknown: 0 },
      });
      await expectStoredImage({ ...later, status: 'completed', output: { images: later.lateArtifacts } });
      expect((await stack.control.submissions(prompt)).accepted).toBe(1);
    },
  );

  test.concurrent('[P2] [P3] reset while the provider works: one end, and every payment is counted', async () => {
    const prompt = 'reset while the provider works';
    // The first answer comes while a second submission, if the new run makes one, is still under way and will be overtaken.
    const id = await startedAndPaid(prompt, 4_000, 8_000);
    const { namespace } = stack.middleware.temporal;
    await temporal.connection.workflowService.resetWorkflowExecution({
      namespace,
      workflowExecution: { workflowId: id },
      reason: 'an operator said so',
      requestId: randomUUID(),
      workflowTaskFinishEventId: Long.fromNumber(4),
    });

    const call = await stack.waitForEnd(id, 90);
    await expectStoredImage(call);
    await expectPaidAsSaid(stack, call, prompt);
    const settled = await stack.waitFor(id, ({ submissions }) => submissions.accepted === submissions.claimed, 60);
    expect(settled.submissions).toMatchObject({ refused: 0, unknown: 0 });
    expect((await stack.control.submissions(prompt)).accepted).toBe(settled.submissions.accepted);
    const ends = (await stack.events(id)).filter(({ status }) => isTerminal(status));
    expect(ends).toHaveLength(1);
  });
});

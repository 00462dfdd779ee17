import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isTerminal } from '@darkroom/contract';
import { connectClient, type TemporalClient } from '@darkroom/platform-temporal';
import {
  type CallRequest,
  expectNoLeakedProcesses,
  startStack,
  type Stack,
  type StackProcess,
  until,
} from '@darkroom/testing';
import { expectStoredImage } from './expect-stored-image.ts';

const untaken = { claimed: 0, accepted: 0, refused: 0, unknown: 0 };
const paidOnce = { claimed: 1, accepted: 1, refused: 0, unknown: 0 };
/** It waits in the provider's queue for the first quarter of it. */
const longTaskMs = 240_000;
/** How long the provider takes over what is to be overtaken by a cancel, also where the machine stands still for a while. */
const slowMs = 20_000;

const requested = ['call.cancel_requested', { by: 'user' }];
const requestedByTheClock = ['call.cancel_requested', { by: 'cancel_after' }];
const unpaid = ['call.cancelled', { billing: 'not_charged' }];
const cancelledByProvider = [
  'call.cancel_result',
  { result: 'cancelled', billing: 'not_charged', reason: expect.stringContaining('charges nothing') },
];
const tookNothing = [
  'call.cancel_result',
  { result: 'cancelled', billing: 'not_charged', reason: expect.stringContaining('took none') },
];
const completed = ['call.completed', expect.anything()];
const notPossible = (reason: string) => [
  'call.cancel_result',
  { result: 'not_possible', reason: expect.stringContaining(reason) },
];

describe('a cancel', () => {
  let stack: Stack;
  let worker: StackProcess;
  let temporal: TemporalClient;

  beforeAll(async () => {
    const shared = { ENABLED_INTEGRATIONS: 'example' };
    stack = await startStack({ denyList: '', mainEnvironment: shared, workerEnvironment: shared });
    worker = stack.workers[0] as StackProcess;
    const { address, namespace } = stack.middleware.temporal;
    temporal = connectClient({ address, namespace, identity: 'test' });
  });

  afterAll(async () => {
    await temporal?.close();
    await stack?.stop();
    await expectNoLeakedProcesses();
  });

  const submit = async (prompt: string, more: Partial<CallRequest> = {}) =>
    (await stack.submit({ prompt, integration: 'example', operation: 'text-to-image-polled', ...more })).id;
  const submissionOf = async (prompt: string) => (await stack.control.submissions(prompt)).items[0];
  /** A call whose task is at this step at the provider. */
  const submitAndWait = async (prompt: string, step: 'queued' | 'running', taskMs = longTaskMs) => {
    await stack.control.plan({ match: prompt, taskMs });
    const id = await submit(prompt);
    await stack.waitFor(id, ({ progress, waitingFor }) => waitingFor === 'provider' && progress.currentStep === step);
    return id;
  };
  const finishTask = async (prompt: string) => stack.control.finishTask((await submissionOf(prompt))?.taskId ?? '');
  /** What the log says of the cancel and of the end. */
  const told = async (id: string) =>
    (await stack.events(id)).flatMap(({ type, data }) =>
      /^call\.(cancel|completed|failed)/.test(type) ? [[type, data]] : [],
    );
  const untilAnswered = (id: string) =>
    until('the log tells what came of the cancel', async () =>
      (await told(id)).some(([type]) => type === 'call.cancel_result'),
    );
  const expectKept = async (id: string, prompt: string) => {
    const call = await stack.waitForEnd(id);
    await expectStoredImage(call);
    expect(call).toMatchObject({ cancelRequestedAt: expect.any(String), submissions: paidOnce });
    expect((await stack.control.submissions(prompt)).accepted).toBe(1);
  };
  const expectCancelledByProvider = async (id: string, prompt: string, request = requested) => {
    expect(await stack.waitForEnd(id)).toMatchObject({ status: 'cancelled', submissions: paidOnce });
    expect(await told(id)).toEqual([request, cancelledByProvider, unpaid]);
    expect(await stack.control.submissions(prompt)).toMatchObject({
      accepted: 1,
      items: [{ state: 'cancelled', cancels: 1 }],
    });
  };

  test('[P2] before a worker takes the call, by hand or by the clock: it ends unpaid, and is never submitted', async () => {
    await worker.service.stop();
    const cancelAfter = new Date(Date.now() + 10_000).toISOString();
    const ids = {
      byClock: await submit('untaken, by the clock', { cancelAfter }),
      byHand: await submit('untaken, by hand'),
    };
    await stack.waitFor(ids.byHand, ({ status }) => status === 'processing');
    const { result, call } = await stack.cancel(ids.byHand);
    expect({ result, call }).toMatchObject({
      result: 'cancelled',
      call: { status: 'cancelled', submissions: untaken },
    });
    expect(await stack.waitForEnd(ids.byClock)).toMatchObject({ status: 'cancelled', submissions: untaken });
    await worker.start();

    expect(await told(ids.byHand)).toEqual([requested, unpaid]);
    expect(await told(ids.byClock)).toEqual([requestedByTheClock, unpaid]);
    for (const id of Object.values(ids)) await temporal.client.workflow.getHandle(id).result();
    expect(await stack.control.submissions('untaken')).toMatchObject({ received: 0 });
  });

  test.concurrent(
    '[P2] while the provider takes the submission: the task is cancelled as soon as its id is known',
    async () => {
      const prompt = 'slowly taken';
      await stack.control.plan({ match: prompt, latencyMs: 2_000, taskMs: longTaskMs });
      const id = await submit(prompt);
      await until('it is taken', async () => (await stack.control.submissions(prompt)).accepted === 1);
      expect((await stack.cancel(id)).result).toBe('cancel_requested');
      await expectCancelledByProvider(id, prompt);
    },
  );

  test.concurrent(
    '[P2] while the provider refuses the submission: there is no next one, and nothing is paid',
    async () => {
      const prompt = 'slowly refused';
      const fault = { kind: 'rate_limited', retryAfterSeconds: 30 };
      await stack.control.plan({ match: prompt, latencyMs: slowMs, fault });
      const id = await submit(prompt);
      await stack.waitFor(id, ({ submissions }) => submissions.claimed === 1);
      expect((await stack.cancel(id)).result).toBe('cancel_requested');
      expect(await stack.waitForEnd(id)).toMatchObject({
        status: 'cancelled',
        submissions: { claimed: 1, refused: 1 },
      });
      expect(await told(id)).toEqual([requested, tookNothing, unpaid]);
      // By the log: what the provider asked to wait for is not waited for.
      const [refusedAt = 0, cancelledAt = Infinity] = (await stack.events(id))
        .filter(({ type }) => type === 'call.submission_refused' || type === 'call.cancelled')
        .map(({ createdAt }) => Date.parse(createdAt));
      expect(cancelledAt - refusedAt).toBeLessThan(fault.retryAfterSeconds * 1_000);
      expect(await stack.control.submissions(prompt)).toMatchObject({ received: 1, accepted: 0 });
    },
  );

  test.concurrent('of one slow request cannot reach the provider: the result is kept', async () => {
    const prompt = 'one slow request';
    await stack.control.plan({ match: prompt, latencyMs: slowMs });
    const id = await submit(prompt, { operation: 'text-to-image' });
    await until('it is taken', async () => (await stack.control.submissions(prompt)).accepted === 1);
    expect((await stack.cancel(id)).result).toBe('cancel_requested');
    await expectKept(id, prompt);
    expect(await told(id)).toEqual([requested, notPossible('cannot be asked to stop'), completed]);
  });

  test.concurrent('[P2] while the task waits at the provider: it is cancelled there and costs nothing', async () => {
    const prompt = 'in the queue, by hand';
    const id = await submitAndWait(prompt, 'queued');
    expect((await stack.cancel(id)).result).toBe('cancel_requested');
    await expectCancelledByProvider(id, prompt);
  });

  test.concurrent('at a time that was named with the call is the same as one by hand', async () => {
    const prompt = 'in the queue, by the clock';
    await stack.control.plan({ match: prompt, taskMs: longTaskMs });
    // By then the provider has it.
    const id = await submit(prompt, { cancelAfter: new Date(Date.now() + slowMs).toISOString() });
    await expectCancelledByProvider(id, prompt, requestedByTheClock);
  });

  test.concurrent(
    '[P2] of a task that has begun, twice: it is not possible, which is said once, and the result is kept',
    async () => {
      const prompt = 'it has begun';
      const id = await submitAndWait(prompt, 'running', 40_000);
      expect((await stack.cancel(id)).result).toBe('cancel_requested');
      await untilAnswered(id);
      expect((await stack.cancel(id)).result).toBe('cancel_requested');
      await finishTask(prompt);
      await expectKept(id, prompt);
      expect(await told(id)).toEqual([requested, notPossible('has begun'), completed]);
      expect(await submissionOf(prompt)).toMatchObject({ state: 'succeeded', cancels: 1 });
    },
  );

  test.concurrent('that the provider cannot be told of is not possible, and the result is kept', async () => {
    const prompt = 'deaf to cancels';
    await stack.control.plan({ match: prompt, on: 'cancel', fault: { kind: 'unavailable_envelope' } });
    const id = await submitAndWait(prompt, 'queued');
    await stack.cancel(id);
    await untilAnswered(id);
    await finishTask(prompt);
    await expectKept(id, prompt);
    expect(await told(id)).toEqual([requested, notPossible('could not be asked'), completed]);
  });

  test.concurrent(
    'while the result is being fetched comes too late: the log says so, and the result is kept',
    async () => {
      const prompt = 'a slow file';
      await stack.control.plan({ match: prompt, fault: { kind: 'result_slow', latencyMs: slowMs } });
      const id = await submit(prompt);
      await stack.waitFor(id, ({ progress }) => progress.currentStep === 'storing');
      expect((await stack.cancel(id)).result).toBe('cancel_requested');
      await expectKept(id, prompt);
      expect(await told(id)).toEqual([requested, notPossible('finished the task already'), completed]);
      expect(await submissionOf(prompt)).toMatchObject({ state: 'succeeded', cancels: 0 });
    },
  );

  test.concurrent(
    '[P3] that races with the end of the task ends the call once, as the provider ended the task',
    async () => {
      const prompt = 'a race to the end';
      const id = await submitAndWait(prompt, 'queued');
      await Promise.allSettled([stack.cancel(id), finishTask(prompt)]);
      const { status } = await stack.waitForEnd(id);
      expect([status, (await submissionOf(prompt))?.state]).toEqual(
        status === 'completed' ? ['completed', 'succeeded'] : ['cancelled', 'cancelled'],
      );
      const ends = (await stack.events(id)).filter((event) => isTerminal(event.status));
      expect(ends.map(({ type }) => type)).toEqual([`call.${status}`]);
    },
  );

  test.concurrent('[P3] after the end changes nothing, by hand or by the clock', async () => {
    const cancelAfter = new Date(Date.now() + 7_000).toISOString();
    const id = await submit('it has ended', { cancelAfter });
    const ended = await stack.waitForEnd(id);
    const events = await stack.events(id);
    expect(await stack.cancel(id)).toEqual({ result: 'already_terminal', call: ended });
    const later = await submit('sent after the time of the cancel');
    await until('its time is over', () => Promise.resolve(Date.now() > Date.parse(cancelAfter)));
    await stack.waitForEnd(later);
    expect([await stack.call(id), await stack.events(id)]).toEqual([ended, events]);
  });

  test('[P5] while storage is away comes too late: the log says so, and the result is stored when it is back', async () => {
    const prompt = 'nowhere to store';
    const id = await submitAndWait(prompt, 'queued');
    await stack.middleware.objectStore.stop();
    await finishTask(prompt);
    await stack.waitFor(id, ({ waitingFor }) => waitingFor === 'storage');
    expect((await stack.cancel(id)).result).toBe('cancel_requested');
    await untilAnswered(id);
    await stack.middleware.objectStore.start();
    await expectKept(id, prompt);
    expect(await told(id)).toEqual([requested, notPossible('result is there'), completed]);
  });
});

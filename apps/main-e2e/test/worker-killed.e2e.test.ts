import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Call } from '@darkroom/contract';
import {
  expectNoLeakedProcesses,
  createCallsClient,
  startStack,
  type Stack,
  type StackProcess,
  until,
} from '@darkroom/testing';
import { expectPaidAsSaid } from './expect-paid-as-said.ts';
import { expectStoredImage } from './expect-stored-image.ts';
import { untilAway } from './until-away.ts';

const providerLatencyMs = 3_000;

describe('a worker that ends in the middle', () => {
  let stack: Stack;
  let worker: StackProcess;

  beforeAll(async () => {
    stack = await startStack();
    worker = stack.workers[0] as StackProcess;
  });

  afterAll(async () => {
    await stack?.stop();
    await expectNoLeakedProcesses();
  });

  const untilPaid = (prompt: string) =>
    until(`the provider has accepted "${prompt}"`, async () => (await stack.control.submissions(prompt)).accepted > 0);

  describe('killed with one answer in hand, while the provider works for two calls', () => {
    const repeated = { prompt: 'killed while the provider works', id: '' };
    const careful = { prompt: 'killed where nothing may be repeated', id: '' };
    const answered = { prompt: 'killed with the answer in hand', id: '' };

    beforeAll(async () => {
      const carefulMain = await stack.addMain({
        OPERATION_LIMITS: JSON.stringify({ nanobanana2: { whenOutcomeUnknown: 'fail' } }),
      });
      // Long enough for both to be under way until the third one's answer waits for storage, and for storage to be away before that comes.
      for (const { prompt } of [repeated, careful])
        await stack.control.plan({ match: prompt, steps: [{ latencyMs: 120_000 }] });
      await stack.control.plan({ match: answered.prompt, steps: [{ latencyMs: 15_000 }] });
      repeated.id = (await stack.submit({ prompt: repeated.prompt })).id;
      careful.id = (await createCallsClient(carefulMain.url).submit({ prompt: careful.prompt })).id;
      await Promise.all([untilPaid(repeated.prompt), untilPaid(careful.prompt)]);
      answered.id = (await stack.submit({ prompt: answered.prompt })).id;
      await untilPaid(answered.prompt);
      await stack.middleware.objectStore.stop();
      const waiting = await stack.waitFor(answered.id, ({ waitingFor }) => waitingFor === 'storage', 60);
      expect(waiting.status).toBe('processing');
      await worker.service.kill();
      await rm(worker.environment['RESULTS_DIR'] as string, { recursive: true });
      await stack.middleware.objectStore.start();
      await worker.start();
    });

    test('[P1] [P2] the repeat is an event, counted, and the call completes', async () => {
      const { id, prompt } = repeated;
      const call = await stack.waitForEnd(id, 90);
      await expectStoredImage(call);
      expect(call.submissions).toEqual({ claimed: 2, accepted: 1, refused: 0, unknown: 1 });
      expect((await stack.control.submissions(prompt)).accepted).toBe(2);
      const unknown = (await stack.events(id)).filter(({ type }) => type === 'call.submission_unknown');
      expect(unknown.map(({ data }) => data)).toEqual([{ attempt: 1, reason: expect.any(String), next: 'resubmit' }]);
    });

    test('[P2] where the operator said "fail": submission_outcome_unknown, and no second payment', async () => {
      const { id, prompt } = careful;
      const call = await stack.waitForEnd(id, 90);
      expect(call).toMatchObject({ status: 'failed', error: { code: 'submission_outcome_unknown', retryable: false } });
      expect(call.submissions).toEqual({ claimed: 1, accepted: 0, refused: 0, unknown: 1 });
      expect((await stack.control.submissions(prompt)).accepted).toBe(1);
    });

    test('[P1] [P5] killed after the answer, with storage away and its spool directory deleted: stored later, paid once', async () => {
      const { id, prompt } = answered;
      const call = await stack.waitForEnd(id, 120);
      await expectStoredImage(call);
      expect(call.submissions).toEqual({ claimed: 1, accepted: 1, refused: 0, unknown: 0 });
      expect((await stack.control.submissions(prompt)).accepted).toBe(1);
    });
  });

  test('[P2] stopped gracefully while the provider works: it waits, and the call completes with one payment', async () => {
    const prompt = 'stopped in the middle of a generation';
    await stack.control.plan({ match: prompt, steps: [{ latencyMs: providerLatencyMs }] });
    const { id } = await stack.submit({ prompt });
    await untilPaid(prompt);
    expect(await worker.service.stop()).toMatchObject({ code: 0 });
    const call = await stack.waitForEnd(id, 60);
    await expectStoredImage(call);
    await worker.start();

    expect(call.submissions).toEqual({ claimed: 1, accepted: 1, refused: 0, unknown: 0 });
    await expectPaidAsSaid(stack, call, prompt);
  });

  test('[P1] with storage away before anything was paid, the call waits unpaid and completes when it is back', async () => {
    const prompt = 'nothing is paid while storage is away';
    await stack.middleware.objectStore.stop();
    await untilAway(worker.url, 'storage');
    await untilAway(stack.main.url, 'storage');
    const { id } = await stack.submit({ prompt });
    const waiting = await stack.waitFor(id, ({ waitingFor }) => waitingFor === 'storage', 60);
    expect(waiting.submissions.claimed).toBe(0);
    expect((await stack.control.submissions(prompt)).accepted).toBe(0);
    await stack.middleware.objectStore.start();

    const call = await stack.waitForEnd(id, 120);
    await expectStoredImage(call);
    expect(call.submissions).toEqual({ claimed: 1, accepted: 1, refused: 0, unknown: 0 });
  });

  test('[P1] with the provider away, the call waits and completes when it is back', async () => {
    const prompt = 'the provider is away';
    await stack.simulator.service.kill();
    const { id } = await stack.submit({ prompt });
    // More than the operation's three submissions: those that find no connection do not count.
    const isBetweenTwo = ({ submissions: { claimed, refused } }: Call) => refused >= 4 && claimed === refused;
    expect(await stack.waitFor(id, isBetweenTwo, 90)).toMatchObject({ status: 'processing', waitingFor: 'provider' });
    await stack.simulator.start();

    const call = await stack.waitForEnd(id, 120);
    await expectStoredImage(call);
    expect(call.submissions).toMatchObject({ accepted: 1, unknown: 0 });
    expect((await stack.control.submissions(prompt)).accepted).toBe(1);
  });
});

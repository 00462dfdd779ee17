import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isTerminal } from '@darkroom/contract';
import { expectNoLeakedProcesses, startStack, type Stack, type StackProcess, until } from '@darkroom/testing';
import { expectStoredImage } from './expect-stored-image.ts';
import { type Receiver, startReceiver } from './receiver.ts';

// Longer than a heartbeat may be silent, and shorter than the provider works.
const awayMs = 26_000;
const providerLatencyMs = 45_000;
const workerCounts = [1, 2];

// The stacks wait side by side: each has middleware of its own.
describe('while the provider works', () => {
  const withTemporalAway = new Map<number, Stack>();
  let withFrozen: Stack | undefined;
  let receiver: Receiver;
  const allStacks = () => [...withTemporalAway.values(), ...(withFrozen ? [withFrozen] : [])];

  beforeAll(async () => {
    receiver = await startReceiver();
    const allowOrigins = [receiver.origin];
    for (const workers of workerCounts) withTemporalAway.set(workers, await startStack({ workers, allowOrigins }));
    withFrozen = await startStack({ workers: 2 });
    await withFrozen.workers[1]?.service.stop();
  });

  afterAll(async () => {
    withFrozen?.workers[0]?.service.signal('SIGCONT');
    await receiver.stop();
    for (const stack of allStacks()) await stack.stop();
    await expectNoLeakedProcesses();
  });

  test.concurrent.each(workerCounts)(
    '[P1] [P2] Temporal is away: with %i worker process(es) nothing is killed, so nothing is paid twice: one claim, one payment, and the call completes; what is to be told is told',
    async (workers) => {
      const stack = withTemporalAway.get(workers) as Stack;
      const prompt = 'Temporal is away for a while';
      await stack.control.plan({ match: prompt, steps: [{ latencyMs: providerLatencyMs }] });
      const { id } = await stack.submit({ prompt });
      await until('the provider has accepted', async () => (await stack.control.submissions(prompt)).accepted > 0);
      const [before, meanwhile] = [`/before/${workers}`, `/meanwhile/${workers}`];
      receiver.answer(before, { status: 503, headers: { 'retry-after': '10' } }, { status: 204 });
      await stack.submit({ prompt: 'told before', more: toldAt(receiver, before) });
      await receiver.waitFor(before, 1);
      await stack.middleware.temporal.stop();
      await stack.submit({ prompt: 'told meanwhile', more: toldAt(receiver, meanwhile) });
      await new Promise((resolve) => setTimeout(resolve, awayMs));
      await stack.middleware.temporal.start();

      const call = await stack.waitForEnd(id, 120);
      await expectStoredImage(call);
      expect(call.submissions).toEqual({ claimed: 1, accepted: 1, refused: 0, unknown: 0 });
      expect((await stack.control.submissions(prompt)).accepted).toBe(1);
      expect((await stack.events(id)).map(({ type }) => type)).not.toContain('call.submission_unknown');

      // What was to be tried again, and what happened while nothing could be started, is delivered all the same.
      const [refused, taken] = await receiver.waitFor(before, 2);
      expect(taken?.headers['webhook-id']).toBe(refused?.headers['webhook-id']);
      await receiver.waitFor(meanwhile, 1);
    },
  );

  test.concurrent(
    '[P2] [P5] a worker is frozen, and overtaken: it goes on after the end, its payment is counted and its image kept',
    async () => {
      const stack = withFrozen as Stack;
      const [frozen, other] = stack.workers as [StackProcess, StackProcess];
      const prompt = 'frozen while the provider works';
      await stack.control.plan({ match: prompt, steps: [{ latencyMs: 15_000 }, { latencyMs: 100 }] });
      const { id } = await stack.submit({ prompt });
      await until('it is paid', async () => (await stack.control.submissions(prompt)).accepted > 0);
      frozen.service.signal('SIGSTOP');
      await other.start();

      const call = await stack.waitForEnd(id, 120);
      await expectStoredImage(call);
      expect(call.submissions).toEqual({ claimed: 2, accepted: 1, refused: 0, unknown: 1 });
      const events = await stack.events(id);

      frozen.service.signal('SIGCONT');
      const settled = await stack.waitFor(id, ({ lateArtifacts }) => lateArtifacts !== undefined, 60);
      expect(settled.submissions).toEqual({ claimed: 2, accepted: 2, refused: 0, unknown: 0 });
      expect((await stack.control.submissions(prompt)).accepted).toBe(2);
      expect(settled.output).toEqual(call.output);
      expect(await stack.events(id)).toEqual(events);
      expect(events.filter(({ status }) => isTerminal(status))).toHaveLength(1);
    },
  );
});

/** A call that nobody carries out within the test, and whose acceptance is told. */
function toldAt({ origin }: Receiver, path: string): Record<string, unknown> {
  return { delaySeconds: 3600, webhook: { url: `${origin}${path}`, events: ['call.accepted'] } };
}

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startStack, type Stack } from '@darkroom/testing';
import { expectStoredImage } from './expect-stored-image.ts';
import { until } from './until.ts';

// Longer than a heartbeat may be silent, and shorter than the provider works.
const awayMs = 26_000;
const providerLatencyMs = 45_000;

describe.each([1, 2])('Temporal away while the provider works, with %i worker process(es)', (workers) => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ workers });
  }, 180_000);

  afterAll(async () => {
    await stack?.stop();
    await expectNoLeakedProcesses();
  }, 90_000);

  test('[P1] [P2] nothing is killed, so nothing is paid twice: one claim, one payment, and the call completes', async () => {
    const prompt = 'Temporal is away for a while';
    await stack.control.plan({ match: prompt, steps: [{ latencyMs: providerLatencyMs }] });
    const { id } = await stack.submit({ prompt });
    await until('the provider has accepted', async () => (await stack.control.submissions(prompt)).accepted > 0);
    await stack.middleware.temporal.stop();
    await new Promise((resolve) => setTimeout(resolve, awayMs));
    await stack.middleware.temporal.start();

    const call = await stack.waitForEnd(id, 120);
    await expectStoredImage(call);
    expect(call.submissions).toEqual({ claimed: 1, accepted: 1, refused: 0, unknown: 0 });
    expect((await stack.control.submissions(prompt)).accepted).toBe(1);
    expect((await stack.events(id)).map(({ type }) => type)).not.toContain('call.submission_unknown');
  }, 240_000);
});

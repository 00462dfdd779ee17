import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isTerminal } from '@darkroom/contract';
import { expectNoLeakedProcesses, startStack, type Stack, type StackProcess } from '@darkroom/testing';
import { expectStoredImage } from './expect-stored-image.ts';
import { until } from './until.ts';

describe('a worker that is frozen while the provider works, and overtaken', () => {
  let stack: Stack;
  let frozen: StackProcess;
  let other: StackProcess;

  beforeAll(async () => {
    stack = await startStack({ workers: 2 });
    [frozen, other] = stack.workers as [StackProcess, StackProcess];
    await other.service.stop();
  }, 180_000);

  afterAll(async () => {
    frozen?.service.signal('SIGCONT');
    await stack?.stop();
    await expectNoLeakedProcesses();
  }, 60_000);

  test('[P2] [P5] goes on after the end: its payment is counted and its image kept', async () => {
    const prompt = 'frozen while the provider works';
    await stack.control.plan({ match: prompt, steps: [{ latencyMs: 3_000 }, { latencyMs: 100 }] });
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
  }, 240_000);
});

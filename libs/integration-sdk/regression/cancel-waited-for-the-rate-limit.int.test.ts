import { expectNoLeakedProcesses } from '@darkroom/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CallWorkflowProgress } from '../src/workflows/index.ts';
import { openPollStage, type PollStage } from '../test/poll-stage.ts';
import { quietRuntime } from '../test/quiet-runtime.ts';
import type { CallHandle } from '../test/temporal-worker.ts';
import { until } from '../test/until.ts';

let stage: PollStage;

beforeAll(async () => {
  quietRuntime();
  stage = await openPollStage();
});
afterAll(async () => {
  await stage.close();
  await expectNoLeakedProcesses();
});
beforeEach(() => stage.reset());

const begin = (operation: string) =>
  stage.begin(stage.rig.accept({ deadlineSeconds: 3_600 }, { prompt: 'a lighthouse' }, { operation }));
const stepOf = async (handle: CallHandle) => (await handle.query<CallWorkflowProgress, []>('progress')).step;
const expectUnpaidEnd = (handle: CallHandle) => {
  const { status, submissions, events } = stage.rig.main.call(handle.workflowId);
  expect(status).toBe('cancelled');
  expect(submissions).toMatchObject([{ attempt: 1, outcome: 'refused' }]);
  expect(events).toMatchObject([
    { type: 'call.submission_refused', data: { retryInSeconds: 600 } },
    { type: 'call.cancelled', data: { billing: 'not_charged' } },
  ]);
  expect(stage.provider.tasks).toEqual([]);
};

describe.each(['draw', 'paint'])('[P2] a call that the provider refused for ten minutes: %s', (operation) => {
  /** Refuses when it is let, and tells how often it was asked. */
  const refuseWhen = (allowed: Promise<void>) => {
    const asked = { times: 0 };
    stage.provider.refuse = (_asked, response) => {
      asked.times += 1;
      void allowed.then(() => response.writeHead(429, { 'retry-after': '600' }).end('{}'));
      return true;
    };
    return asked;
  };

  test('ends at once where it is cancelled while it waits', async () => {
    const asked = refuseWhen(Promise.resolve());
    const handle = await begin(operation);
    await until(async () => (await stepOf(handle)) === 'waiting');
    await stage.cancel(handle);
    await handle.result();
    expectUnpaidEnd(handle);
    expect(asked.times).toBe(1);
  });

  test('ends at once where it was cancelled before it was refused', async () => {
    const held = Promise.withResolvers<void>();
    const asked = refuseWhen(held.promise);
    const handle = await begin(operation);
    await until(() => asked.times === 1);
    await stage.cancel(handle);
    held.resolve();
    await handle.result();
    expectUnpaidEnd(handle);
    expect(asked.times).toBe(1);
  });
});

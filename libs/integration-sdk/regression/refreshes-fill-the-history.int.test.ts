import { expectNoLeakedProcesses } from '@darkroom/testing';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPollStage, patient, type PollStage } from '../test/poll-stage.ts';
import { quietRuntime } from '../test/quiet-runtime.ts';
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

const looksAtOnce = 100;
const eventsOfOneLook = 10;
const eventsOfOneSignal = 4;
const eventsWithoutRefreshes = 30;

test('a call that is refreshed hundreds of times goes on with a history that Temporal does not end', async () => {
  const handle = await stage.paint({ ...patient, pollSlowIntervalSeconds: 600, deadlineSeconds: 3_600 });
  await stage.submitted(handle);
  for (let refreshes = 1; refreshes <= looksAtOnce; refreshes += 1) {
    await handle.signal('refresh');
    await until(() => stage.provider.looks() === refreshes);
  }
  const more = 300;
  for (let refreshes = 0; refreshes < more; refreshes += 1) await handle.signal('refresh');
  await handle.query('progress');
  expect(stage.provider.looks()).toBe(looksAtOnce);
  const events = (await handle.fetchHistory()).events?.length;
  expect(events).toBeLessThan(looksAtOnce * eventsOfOneLook + more * eventsOfOneSignal + eventsWithoutRefreshes);

  for (const task of stage.provider.tasks) task.state = 'succeeded';
  await handle.signal('callback', { attempt: 1, externalId: stage.provider.tasks[0]?.id });
  await handle.result();
  expect(stage.rig.main.call(handle.workflowId).status).toBe('completed');
  expect(stage.provider.paid()).toBe(1);
});

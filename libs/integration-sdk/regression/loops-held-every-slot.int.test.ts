import { expectNoLeakedProcesses } from '@darkroom/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openPollStage, patient, type PollStage } from '../test/poll-stage.ts';
import { quietRuntime } from '../test/quiet-runtime.ts';
import { until } from '../test/until.ts';

const slots = 10;
let stage: PollStage;

beforeAll(async () => {
  quietRuntime();
  stage = await openPollStage({}, slots);
});
afterAll(async () => {
  await stage.close();
  await expectNoLeakedProcesses();
});
beforeEach(() => stage.reset());

test('as many calls as a worker has slots wait for their provider, and a cancel still reaches it', async () => {
  stage.provider.firstState = 'queued';
  const handles = await Promise.all(Array.from({ length: slots }, () => stage.paint(patient)));
  for (const handle of handles) await stage.submitted(handle);
  const [first, ...others] = handles;
  if (!first) throw new Error('The test made no call.');
  await stage.cancel(first);
  await first.result();
  expect(stage.rig.main.call(first.workflowId).status).toBe('cancelled');
  expect([stage.provider.deletes, stage.provider.paid()]).toEqual([1, slots - 1]);

  for (const task of stage.provider.tasks) if (task.state === 'queued') task.state = 'succeeded';
  for (const handle of others) await handle.signal('refresh');
  for (const handle of others) await handle.result();
});

test('calls that find no slot to stay in are looked at again and again all the same', async () => {
  const handles = await Promise.all(Array.from({ length: slots + 2 }, () => stage.paint()));
  for (const handle of handles) await stage.submitted(handle);
  await until(() => stage.provider.tasks.every(({ looks }) => looks >= 3));
  for (const task of stage.provider.tasks) task.state = 'succeeded';
  for (const handle of handles) await handle.result();
  expect([stage.provider.paid(), stage.provider.downloads]).toEqual([slots + 2, slots + 2]);
});

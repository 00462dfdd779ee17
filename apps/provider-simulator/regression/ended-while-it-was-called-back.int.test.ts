import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startReceiver, type CallbackReceiver } from '../test/callback-receiver.ts';
import { finishTask, startSimulator, type RunningSimulator } from '../test/running-simulator.ts';
import { arkVideo, submitted, type TaskAnswer } from '../test/task-client.ts';

let simulator: RunningSimulator;
let receiver: CallbackReceiver;

beforeAll(async () => {
  simulator = await startSimulator();
  receiver = await startReceiver();
});
afterAll(async () => {
  await simulator.stop();
  await receiver.stop();
});

test('a task that is ended while its callback is under way is called back at once, and not when it would have ended', async () => {
  await simulator.plan({ match: 'ended meanwhile', taskMs: 3_600_000 });
  const answer = receiver.hold();
  const id = await submitted({ client: arkVideo, origin: simulator.origin }, 'ended meanwhile', receiver.url);
  await receiver.waitFor(1);
  await finishTask(simulator.origin, id);
  answer();
  await receiver.waitFor(2);

  const states = receiver.received.map(({ body }) => (JSON.parse(body) as TaskAnswer).status);
  expect(states).toEqual(['queued', 'succeeded']);
});

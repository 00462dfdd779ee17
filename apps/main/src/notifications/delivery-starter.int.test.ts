import { beforeEach, expect, test } from '@jest/globals';
import { callEventTypes } from '@darkroom/contract';
import { hook, notifyingSide } from '../../test/notifying-side.ts';
import { setUpBesideTemporal } from '../../test/set-up-beside-temporal.ts';
import { until } from '../../test/until.ts';
import { createPlatformWorkflows, type PlatformWorkflows } from '../engine/platform-workflows.ts';
import { type DeliveryStarter, startDeliveryStarter } from './delivery-starter.ts';

const main = setUpBesideTemporal();
const side = notifyingSide(main, { retrySeconds: [5], giveUpSeconds: 3600 });
let workflows: PlatformWorkflows;
let isUp = true;
let looks = 0;

beforeEach(() => {
  // Nobody takes tasks of this queue: what a workflow does is up to the test.
  workflows = createPlatformWorkflows(main.temporal.client, 'queue-without-a-worker');
  isUp = true;
});

function start(silenceSeconds = 600, using: Partial<PlatformWorkflows> = {}): DeliveryStarter {
  const { database, logger } = main.changing;
  const check = () => {
    looks += 1;
    return Promise.resolve(isUp);
  };
  const engineWatch = { check };
  const timing = { sweepMilliseconds: 50, silenceSeconds };
  const starter = startDeliveryStarter({
    database,
    logger,
    engineWatch,
    workflows: { ...workflows, ...using },
    timing,
  });
  main.endLater(() => starter.stop());
  return starter;
}

async function madeNotifications(count: number): Promise<string[]> {
  await side.subscribeAccount([hook(callEventTypes)]);
  for (let index = 0; index < count; index += 1) await main.accept();
  await side.notify();
  return (await side.notifications()).map(({ id }) => id);
}

const untilAll = (status: string) =>
  until(
    () => side.notifications(),
    (rows) => rows.every((row) => row.status === status),
  );

test('each notification gets a workflow of its own on the platform queue, once, whichever process starts it', async () => {
  const ids = await madeNotifications(40);
  // One that Temporal does not answer in time is made again.
  const started: string[] = [];
  const counted: PlatformWorkflows['start'] = async (workflow) => {
    await workflows.start(workflow);
    started.push(workflow.workflowId);
  };
  const starters = [start(600, { start: counted }), start(600, { start: counted })];
  await untilAll('delivering');
  await Promise.all(starters.map((starter) => starter.stop()));

  expect(started.sort()).toEqual(ids.sort());
  const { raw, taskQueue } = await main.temporal.client.workflow.getHandle(ids[0] ?? '').describe();
  expect(taskQueue).toBe('queue-without-a-worker');
  expect(raw.workflowExecutionInfo?.priority?.fairnessKey).toBe('default');
});

test('no history, summary or search attribute of a delivery holds an address', async () => {
  const [id = ''] = await madeNotifications(1);
  start();
  await untilAll('delivering');
  const handle = main.temporal.client.workflow.getHandle(id);
  const told = JSON.stringify([await handle.fetchHistory(), await handle.describe()], (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString() : typeof value === 'bigint' ? String(value) : value,
  );
  expect(told).toContain(id);
  expect(told).not.toContain('shop.example');
});

test('a start that nobody knows the outcome of is made again, and is one workflow', async () => {
  const [id = ''] = await madeNotifications(1);
  let lost = 0;
  start(600, {
    start: async (workflow) => {
      await workflows.start(workflow);
      lost += 1;
      if (lost < 3) throw new Error('The answer was lost.');
    },
  });
  await untilAll('delivering');
  expect(lost).toBe(3);
  expect(await workflows.isRunning(id)).toBe(true);
});

test('a delivery whose workflow is gone is started again, and one that runs is left alone', async () => {
  const [gone = '', running = ''] = await madeNotifications(2);
  start(0.2);
  await untilAll('delivering');
  await main.temporal.client.workflow.getHandle(gone).terminate('by an operator');
  await until(
    () => workflows.isRunning(`${gone}-2`),
    (isRunning) => isRunning,
  );

  const rounds = new Map((await side.notifications()).map(({ id, round }) => [id, round]));
  expect([rounds.get(gone), rounds.get(running)]).toEqual([2, 1]);
  expect(await workflows.isRunning(`${running}-2`)).toBe(false);
});

test('nothing is started while Temporal is away, and everything when it is back', async () => {
  isUp = false;
  await madeNotifications(3);
  looks = 0;
  start();
  await until(
    () => looks,
    (count) => count >= 3,
  );
  expect((await side.notifications()).map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
  isUp = true;
  await untilAll('delivering');
});

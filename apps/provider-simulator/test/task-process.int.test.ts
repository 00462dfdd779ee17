import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startReceiver, type CallbackReceiver } from './callback-receiver.ts';
import { createPlan, readSubmissions } from './running-simulator.ts';
import { startProcess, type SimulatorProcess } from './simulator-process.ts';
import { arkVideo, cancel, exampleJobs, list, look, lookUntil, query, submit, submitted } from './task-client.ts';

let dataDirectory: string;
let receiver: CallbackReceiver;
let simulator: SimulatorProcess;

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'darkroom-simulator-'));
  receiver = await startReceiver();
  simulator = await start();
});
afterEach(async () => {
  await simulator.end('SIGKILL');
  await receiver.stop();
  await rm(dataDirectory, { recursive: true });
});

const start = () => startProcess({ SIMULATOR_DATA_DIR: dataDirectory, SIMULATOR_LATENCY_MS: '0' });

async function killAndRestart(): Promise<void> {
  await simulator.end('SIGKILL');
  simulator = await start();
}

const jobs = () => ({ client: exampleJobs, origin: simulator.origin });
const videos = () => ({ client: arkVideo, origin: simulator.origin });

test('a task goes on after a kill in the middle: it is found, listed, ends, and calls back', async () => {
  await createPlan(simulator.origin, { match: 'for long', taskMs: 3_600_000 });
  await createPlan(simulator.origin, { match: 'for a while', taskMs: 3000 });
  const waiting = await submitted(jobs(), 'for long');
  const id = await submitted(jobs(), 'for a while', receiver.url);
  await killAndRestart();
  expect(await look(jobs(), waiting)).toMatchObject({ status: 'queued' });
  expect(exampleJobs.listOf(await (await list(jobs())).json())).toMatchObject([{ id }, { id: waiting }]);
  const task = await lookUntil(jobs(), id, 'succeeded');
  expect((await fetch(task.image_url ?? '')).status).toBe(200);
  const [callback] = await receiver.waitFor(1);
  expect(callback?.headers['x-example-signature']).toMatch(/^sha256=/);
  expect((await readSubmissions(simulator.origin)).items).toMatchObject([
    { taskId: waiting, accepted: true },
    { taskId: id, accepted: true },
  ]);
});

test('a task whose submission was never answered because of the kill is in the list afterwards', async () => {
  await createPlan(simulator.origin, { match: 'unanswered', fault: 'hang' });
  const cut = expect(submit(videos(), 'unanswered')).rejects.toThrow('fetch failed');
  while ((await readSubmissions(simulator.origin)).accepted === 0);
  while (arkVideo.listOf(await (await list(videos())).json()).length === 0);
  await killAndRestart();
  await cut;
  expect(arkVideo.listOf(await (await list(videos())).json())).toHaveLength(1);
});

test('what was cancelled or deleted stays so after a kill, and a result stays the same', async () => {
  await createPlan(simulator.origin, { match: 'long', taskMs: 3_600_000 });
  await createPlan(simulator.origin, { match: 'short', taskMs: 0 });
  const cancelled = await submitted(videos(), 'long');
  await cancel(videos(), cancelled);
  const deleted = await submitted(videos(), 'short one');
  expect((await cancel(videos(), deleted)).status).toBe(200);
  const kept = await submitted(videos(), 'short two');
  const pathOf = async () => new URL((await look(videos(), kept)).content?.video_url ?? '').pathname;
  const path = await pathOf();
  await killAndRestart();
  expect(await look(videos(), cancelled)).toMatchObject({ status: 'cancelled' });
  expect((await query(videos(), deleted)).status).toBe(404);
  expect(await pathOf()).toBe(path);
});

test('a callback that was answered is not sent again after a kill', async () => {
  await createPlan(simulator.origin, { match: 'once', taskMs: 0 });
  await submitted(jobs(), 'once', receiver.url);
  await receiver.waitFor(1);
  const sent = async () => JSON.stringify(await readSubmissions(simulator.origin)).includes('"status":200');
  while (!(await sent()));
  await killAndRestart();
  await createPlan(simulator.origin, { match: 'afterwards', taskMs: 0 });
  await submitted(jobs(), 'afterwards', receiver.url);
  await receiver.waitFor(2);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(2);
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { pickClip } from '../src/clips/pick-clip.ts';
import { markPng } from '../src/tasks/mark-file.ts';
import { everyDialect, seedream } from './dialect-client.ts';
import { mp4Facts } from './mp4-facts.ts';
import { startSimulator, type RunningSimulator } from './running-simulator.ts';
import { arkVideo, lookUntil, submitted, taskClients, type TaskClient } from './task-client.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

const hashed = (bytes: Buffer) => ({ sha256: createHash('sha256').update(bytes).digest('hex') });

async function made(client: TaskClient, prompt: string): Promise<Buffer> {
  const session = { client, origin: simulator.origin };
  const task = await lookUntil(session, await submitted(session, prompt), 'succeeded');
  return Buffer.from(await (await fetch(client.resultIn(task) ?? '')).arrayBuffer());
}

describe('the control API tells by its hash what a submission brought', () => {
  test.each(everyDialect)('from $name at once', async (dialect) => {
    const prompt = `whose image of ${dialect.name}`;
    const answer = await (await dialect.ask(simulator.origin, prompt)).json();
    const image = Buffer.from(dialect.imageIn(answer) ?? '', 'base64');
    expect((await simulator.submissions(prompt)).items).toMatchObject([{ results: [hashed(image)] }]);
  });

  test.each(taskClients)('from $name when the task has ended', async (client) => {
    const prompt = `whose task of ${client.name}`;
    const file = await made(client, prompt);
    expect((await simulator.submissions(prompt)).items).toMatchObject([{ results: [hashed(file)] }]);
  });

  test('without the image that failed', async () => {
    const prompt = 'the only image';
    await simulator.plan({ match: prompt, fault: 'partial_failure' });
    await seedream.ask(simulator.origin, prompt);
    expect((await simulator.submissions(prompt)).items).toMatchObject([{ accepted: true, results: [] }]);
  });
});

test('two tasks that show the same clip have different bytes, and both can be played', async () => {
  const films = [await made(arkVideo, 'one of clip 4'), await made(arkVideo, 'another of clip 4')] as const;
  expect(hashed(films[0])).not.toEqual(hashed(films[1]));
  const { width, height, durationSeconds } = await pickClip('clip 4');
  for (const film of films) expect(mp4Facts(film)).toMatchObject({ width, height, durationSeconds });
});

test('so have their last frames, which show the same', async () => {
  const { bytes } = (await pickClip('clip 4')).lastFrame;
  const [one, another] = [markPng(bytes, 'task 1'), markPng(bytes, 'task 2')];
  expect(one).not.toEqual(another);
  const pixelsOf = async (png: Buffer) => hashed(await sharp(png, { failOn: 'warning' }).raw().toBuffer());
  expect(await pixelsOf(one)).toEqual(await pixelsOf(bytes));
  expect(await pixelsOf(another)).toEqual(await pixelsOf(bytes));
});

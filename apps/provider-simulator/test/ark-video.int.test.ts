import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { postJson, startSimulator, type RunningSimulator } from './running-simulator.ts';
import { arkVideo, cancel, list, look, lookUntil, query, submitted } from './task-client.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
  await simulator.plan({ match: 'fast', taskMs: 0 });
});
afterAll(() => simulator.stop());

const session = (apiKey = 'key-of-a-test') => ({ client: arkVideo, origin: simulator.origin, apiKey });
const text = (words: string) => ({ type: 'text', text: words });
const image = (role?: string) => ({
  type: 'image_url',
  image_url: { url: 'https://images.example/a.png' },
  ...(role && { role }),
});
const create = (body: object, model = 'doubao-seedance-1-0-pro-250528') =>
  postJson(simulator.origin + arkVideo.path, { model, ...body }, { authorization: 'Bearer key-of-a-test' });

async function factsOf(body: object, model?: string) {
  const { id } = (await (await create(body, model)).json()) as { id: string };
  return look(session(), id);
}

async function dataUri(width: number, height: number): Promise<string> {
  const png = await sharp({ create: { width, height, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}

test('answers a submission with an id of the time and five letters, and a request id', async () => {
  const response = await create({ content: [text('fast')] });
  expect(response.headers.get('x-request-id')).toMatch(/^02\d+/);
  expect(await response.json()).toEqual({ id: expect.stringMatching(/^cgt-\d{14}-[0-9a-z]{5}$/) });
});

test('tells of a queued task only what is known, and of a finished one what it was asked for', async () => {
  await simulator.plan({ match: 'a patient fox', taskMs: 3_600_000 });
  const queued = await look(session(), await submitted(session(), 'a patient fox'));
  const common = { created_at: expect.any(Number), updated_at: expect.any(Number), service_tier: 'default' };
  const model = 'doubao-seedance-1-0-pro-250528';
  const id = expect.stringMatching(/^cgt-/);
  expect(queued).toEqual({ id, model, status: 'queued', ...common, execution_expires_after: 172_800 });

  const asked = { ratio: '9:16', resolution: '720p', duration: 4, seed: 7, execution_expires_after: 3600 };
  const facts = await factsOf({ content: [text('fast')], ...asked, service_tier: 'flex', return_last_frame: true });
  expect(facts).toEqual({
    id,
    model,
    status: 'succeeded',
    content: { video_url: expect.stringMatching(/\.mp4$/), last_frame_url: expect.stringMatching(/\.png$/) },
    usage: { completion_tokens: 86_400, total_tokens: 86_400 },
    ...common,
    ...asked,
    service_tier: 'flex',
    framespersecond: 24,
    draft: false,
  });
  const frame = await fetch(facts.content?.last_frame_url ?? '');
  expect((await sharp(Buffer.from(await frame.arrayBuffer())).metadata()).format).toBe('png');
});

test('reads the legacy flags of the text, and fields before flags', async () => {
  const content = [text('fast a fox --rs 480p --ratio 1:1 --dur 3 --seed 11 --wm true --cf false')];
  expect(await factsOf({ content, seed: 12 })).toMatchObject({
    resolution: '480p',
    ratio: '1:1',
    duration: 3,
    seed: 12,
  });
  expect((await simulator.submissions('fast a fox')).items[0]?.prompt).toBe('fast a fox');
});

test('tells frames in place of a duration, of the models that take them', async () => {
  const facts = await factsOf({ content: [text('fast')], frames: 57 });
  expect(facts).toMatchObject({ frames: 57 });
  expect(facts).not.toHaveProperty('duration');
  expect((await create({ content: [text('fast')], frames: 57 }, 'doubao-seedance-2-0-260128')).status).toBe(400);
});

test('tells of the sound of the newer models only', async () => {
  const body = { content: [text('fast')], generate_audio: false };
  expect(await factsOf(body, 'doubao-seedance-2-0-260128')).toMatchObject({ generate_audio: false });
  expect(await factsOf(body)).not.toHaveProperty('generate_audio');
});

test('takes the ratio of the first frame where it is adaptive', async () => {
  const first = { type: 'image_url', image_url: { url: await dataUri(400, 300) }, role: 'first_frame' };
  expect(await factsOf({ content: [text('fast'), first] })).toMatchObject({ ratio: '4:3' });
});

describe('refuses', () => {
  const fast = [text('fast')];
  test.each([
    ['no content', { content: [] }, 'content'],
    ['a field that it does not know', { content: fast, fps: 24 }, ''],
    ['a resolution that it does not know', { content: fast, resolution: '4k' }, 'resolution'],
    ['frames that are not 25 + 4n', { content: fast, frames: 30 }, 'frames'],
    ['a flag with a wrong value', { content: [text('fast --dur 90')] }, 'duration'],
    ['an expiry below an hour', { content: fast, execution_expires_after: 60 }, 'execution_expires_after'],
    [
      'a data URI in upper case',
      { content: [{ ...image(), image_url: { url: 'data:image/PNG;base64,AA==' } }] },
      'content.0.image_url.url',
    ],
    ['two images without roles', { content: [...fast, image(), image()] }, 'content'],
    ['a last frame without a first', { content: [...fast, image('last_frame')] }, 'content'],
    ['references beside frames', { content: [...fast, image('first_frame'), image('reference_image')] }, 'content'],
    ['two texts', { content: [...fast, ...fast] }, 'content'],
  ])('%s', async (_name, body, param) => {
    const response = await create(body);
    expect(response.status).toBe(400);
    const error = {
      code: 'InvalidParameter',
      param,
      type: 'BadRequest',
      message: expect.stringMatching(/Request id: 02/),
    };
    expect(await response.json()).toEqual({ error });
  });

  test.each([
    [200, 200],
    [1500, 500],
  ])('an image of %d by %d pixels', async (width, height) => {
    const response = await create({ content: [{ ...image(), image_url: { url: await dataUri(width, height) } }] });
    expect(response.status).toBe(400);
  });

  test('a model that does not exist', async () => {
    const response = await create({ content: fast }, 'no-such-model');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: { code: 'InvalidEndpointOrModel.NotFound', type: 'NotFound' },
    });
  });
});

test.each([
  [[image('first_frame'), image('last_frame')]],
  [[image('reference_image'), image('reference_image')]],
  [[{ type: 'draft_task', draft_task: { id: 'cgt-1' } }]],
])('takes %j', async (content) => {
  expect((await create({ content })).status).toBe(200);
});

test('lists by status, model and ids, page by page, the newest first', async () => {
  await simulator.plan({ match: 'slow 3', taskMs: 3_600_000 });
  const mine = session('key-of-lists');
  const ids = [];
  for (const prompt of ['fast 1', 'fast 2', 'slow 3']) ids.push(await submitted(mine, prompt));
  const idsOf = async (parameters: string) => {
    const { total, items } = (await (await list(mine, parameters)).json()) as {
      total: number;
      items: { id: string }[];
    };
    return [total, ...items.map(({ id }) => id)];
  };
  expect(await idsOf('')).toEqual([3, ...ids.toReversed()]);
  expect(await idsOf('?filter.status=succeeded')).toEqual([2, ids[1], ids[0]]);
  expect(await idsOf(`?filter.task_ids=${ids[0]}&filter.task_ids=${ids[2]}`)).toEqual([2, ids[2], ids[0]]);
  expect(await idsOf(`?filter.task_ids=${ids[0]}`)).toEqual([1, ids[0]]);
  expect(await idsOf('?filter.model=other')).toEqual([0]);
  expect(await idsOf('?page_num=2&page_size=2')).toEqual([3, ids[0]]);
  expect((await list(mine, '?page_size=501')).status).toBe(400);
});

test('deletes the record of a task that has ended, and refuses what runs or was cancelled', async () => {
  const ended = await submitted(session(), 'fast');
  const answer = await cancel(session(), ended);
  expect([answer.status, await answer.json()]).toEqual([200, {}]);
  expect((await query(session(), ended)).status).toBe(404);

  await simulator.plan({ match: 'a patient task', taskMs: 3_600_000 });
  const queued = await submitted(session(), 'a patient task');
  expect((await cancel(session(), queued)).status).toBe(200);
  expect((await cancel(session(), queued)).status).toBe(409);

  await simulator.plan({ match: 'a restless task', fault: 'never_ends' });
  const running = await submitted(session(), 'a restless task');
  await lookUntil(session(), running, 'running');
  expect((await cancel(session(), running)).status).toBe(409);
});

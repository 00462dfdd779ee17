import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { finishTask, postJson, startSimulator, type RunningSimulator } from './running-simulator.ts';
import { until } from './until.ts';
import { download } from './video-facts.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

const headers = { authorization: 'Bearer key-of-a-test' };
const base = () => `${simulator.origin}/openai/v1/videos`;

interface Video {
  readonly id: string;
  readonly status: string;
  readonly progress: number;
}

function submit(fields: Record<string, string | Blob>, authorization = headers.authorization): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ model: 'sora-2', prompt: 'a dog', ...fields })) {
    if (typeof value === 'string') form.set(name, value);
    else form.set(name, value, 'input.png');
  }
  return fetch(base(), { method: 'POST', headers: { authorization }, body: form });
}

const created = async (fields: Record<string, string | Blob> = {}) => (await (await submit(fields)).json()) as Video;
const lookAt = async (id: string) => (await (await fetch(`${base()}/${id}`, { headers })).json()) as Video;
const ended = ({ id }: Video) =>
  until(async () => {
    const video = await lookAt(id);
    return ['completed', 'failed'].includes(video.status) ? video : undefined;
  });

test('starts a video from a form and tells of its progress until it is completed', async () => {
  await simulator.plan({ match: 'every status', taskMs: 400, fault: 'never_ends' });
  const video = await created({ prompt: 'every status', seconds: '8', size: '1280x720' });
  const asked = {
    model: 'sora-2',
    prompt: 'every status',
    seconds: '8',
    size: '1280x720',
    remixed_from_video_id: null,
  };
  expect(video).toEqual({
    ...asked,
    id: expect.stringMatching(/^video_/),
    object: 'video',
    status: 'queued',
    progress: 0,
    created_at: expect.any(Number),
    completed_at: null,
    expires_at: null,
    error: null,
  });
  const running = await until(async () => {
    const now = await lookAt(video.id);
    return now.progress > 0 ? now : undefined;
  });
  expect(running).toMatchObject({ ...asked, status: 'in_progress', completed_at: null });
  expect(running.progress).toBeLessThan(100);
  await finishTask(simulator.origin, video.id);
  expect(await lookAt(video.id)).toMatchObject({
    ...asked,
    status: 'completed',
    progress: 100,
    completed_at: expect.any(Number),
  });
});

test('gives the video and its thumbnail to those who send the key', async () => {
  const video = await ended(await created({ prompt: 'a long landscape', size: '1280x720' }));
  const content = `${base()}/${video.id}/content`;
  const { mimeType, facts } = await download(content, headers);
  expect([mimeType, facts?.codec]).toEqual(['video/mp4', 'avc1']);
  expect(await download(`${content}?variant=video`, headers)).toMatchObject({ facts });
  const thumbnail = await fetch(`${content}?variant=thumbnail`, { headers });
  const picture = await sharp(Buffer.from(await thumbnail.arrayBuffer())).metadata();
  expect(picture).toMatchObject({ width: facts?.width, height: facts?.height });
  expect((await fetch(content)).status).toBe(401);
});

test('has no content before the video is completed', async () => {
  await simulator.plan({ match: 'too early', fault: 'never_ends' });
  const { id } = await created({ prompt: 'too early' });
  const response = await fetch(`${base()}/${id}/content`, { headers });
  expect(response.status).toBe(404);
  expect(await response.json()).toHaveProperty('error.message');
});

test('takes a first picture as a file of the form, or as a link in JSON', async () => {
  const bytes = await sharp({ create: { width: 720, height: 1280, channels: 3, background: '#00ff00' } })
    .png()
    .toBuffer();
  await created({ prompt: 'with a file', input_reference: new Blob([new Uint8Array(bytes)], { type: 'image/png' }) });
  const link = `data:image/png;base64,${bytes.toString('base64')}`;
  await postJson(base(), { prompt: 'with a link', input_reference: { image_url: link } }, headers);
  for (const prompt of ['with a file', 'with a link']) {
    const { items } = await simulator.submissions(prompt);
    expect(items[0]).toMatchObject({
      accepted: true,
      notes: { inputs: [{ format: 'png', width: 720, height: 1280, bytes: bytes.length }] },
    });
  }
});

test('refuses a link on this machine that gives no image', async () => {
  const input_reference = { image_url: `${simulator.origin}/files/nothing.png` };
  const response = await postJson(base(), { prompt: 'a dead link', input_reference }, headers);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { param: 'input_reference' } });
});

test('deletes a video that has ended, and refuses while it runs', async () => {
  await simulator.plan({ match: 'still running', fault: 'never_ends' });
  const running = await created({ prompt: 'still running' });
  const over = await ended(await created({ prompt: 'soon over' }));
  const remove = (id: string) => fetch(`${base()}/${id}`, { method: 'DELETE', headers });
  expect((await remove(running.id)).status).toBe(409);
  expect(await (await remove(over.id)).json()).toEqual({ id: over.id, object: 'video.deleted', deleted: true });
  expect(await lookAt(over.id)).toMatchObject({ error: { code: 'not_found', type: 'invalid_request_error' } });
});

test('lists the videos of a key, the newest first, in pages', async () => {
  const authorization = 'Bearer key-with-three-videos';
  for (const prompt of ['one', 'two', 'three']) await submit({ prompt }, authorization);
  const list = async (query: string) => {
    const response = await fetch(`${base()}?${query}`, { headers: { authorization } });
    return (await response.json()) as { data: { prompt: string }[]; last_id: string; has_more: boolean };
  };
  const first = await list('limit=2');
  expect(first.data.map(({ prompt }) => prompt)).toEqual(['three', 'two']);
  expect(first.has_more).toBe(true);
  const second = await list(`limit=2&after=${first.last_id}`);
  expect(second).toMatchObject({ data: [{ prompt: 'one' }], has_more: false });
});

test.each([
  [{ prompt: '' }, 400, 'prompt'],
  [{ seconds: '5' }, 400, 'seconds'],
  [{ size: '640x480' }, 400, 'size'],
  [{ input_reference: new Blob(['text'], { type: 'image/png' }) }, 400, 'input_reference'],
  [{ model: 'dall-e-3' }, 404, null],
])('refuses %o', async (fields, status, param) => {
  const response = await submit(fields);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error', param } });
});

test('blocks a prompt at the submission, and an output at the end', async () => {
  await simulator.plan({ match: 'bad prompt', fault: { kind: 'content_block', where: 'prompt' } });
  await simulator.plan({ match: 'bad output', taskMs: 0, fault: { kind: 'content_block', where: 'output' } });
  await simulator.plan({ match: 'crashed', taskMs: 0, fault: 'task_failed' });
  const refusal = await submit({ prompt: 'bad prompt' });
  expect(refusal.status).toBe(400);
  expect(await refusal.json()).toMatchObject({ error: { code: 'moderation_blocked' } });
  expect((await simulator.submissions('bad prompt')).accepted).toBe(0);
  const failures = await Promise.all(['bad output', 'crashed'].map(async (prompt) => ended(await created({ prompt }))));
  expect(failures).toMatchObject([
    { status: 'failed', completed_at: null, error: { code: 'moderation_blocked' } },
    { status: 'failed', completed_at: null, error: { code: 'internal_error' } },
  ]);
});

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

const headers = { 'x-goog-api-key': 'key-of-a-test' };
const base = () => `${simulator.origin}/gemini/v1beta`;
const submit = (instance: object, parameters: object = {}, model = 'veo-3.1-generate-preview') =>
  postJson(`${base()}/models/${model}:predictLongRunning`, { instances: [instance], parameters }, headers);
const nameOf = async (response: Response) => ((await response.json()) as { name: string }).name;
const lookAt = async (name: string) => (await (await fetch(`${base()}/${name}`, { headers })).json()) as Operation;
const ended = (name: string) =>
  until(async () => {
    const operation = await lookAt(name);
    return operation.done ? operation : undefined;
  });

interface Operation {
  readonly name: string;
  readonly done?: boolean;
  readonly response?: { generateVideoResponse: { generatedSamples?: { video: { uri: string } }[] } };
}

/** The download links of the videos that a prompt leads to. */
async function urisOf(prompt: string, parameters: object = {}): Promise<string[]> {
  const { response } = await ended(await nameOf(await submit({ prompt }, parameters)));
  return (response?.generateVideoResponse.generatedSamples ?? []).map(({ video }) => video.uri);
}

test('answers an operation that says nothing but its name until it is done', async () => {
  await simulator.plan({ match: 'a patient sea', taskMs: 3_600_000 });
  const name = await nameOf(await submit({ prompt: 'a patient sea' }));
  expect(name).toMatch(/^models\/veo-3\.1-generate-preview\/operations\/[a-z0-9]{12}$/);
  expect(await lookAt(name)).toEqual({ name });
  await finishTask(simulator.origin, name.split('/').at(-1) ?? '');
  expect(await ended(name)).toEqual({
    name,
    done: true,
    response: {
      '@type': 'type.googleapis.com/google.ai.generativelanguage.v1beta.PredictLongRunningResponse',
      generateVideoResponse: { generatedSamples: [{ video: { uri: expect.stringMatching(/:download\?alt=media$/) } }] },
    },
  });
});

test('gives the video to those who send the key, by a redirect', async () => {
  const [uri = ''] = await urisOf('a short portrait', { aspectRatio: '9:16', durationSeconds: 4 });
  const withKey = await fetch(uri, { headers, redirect: 'manual' });
  expect([withKey.status, withKey.headers.get('location')]).toEqual([302, expect.stringMatching(/\/files\/.*\.mp4$/)]);
  const { mimeType, facts } = await download(uri, headers);
  expect(mimeType).toBe('video/mp4');
  expect(facts?.height).toBeGreaterThan(facts?.width ?? Infinity);
  const without = await fetch(uri);
  expect([without.status, await without.json()]).toEqual([403, { error: expect.objectContaining({ code: 403 }) }]);
  expect((await download(uri, { 'x-goog-api-key': 'key-of-somebody-else' })).status).toBe(404);
});

test('makes as many videos as asked', async () => {
  const uris = await urisOf('four waves', { sampleCount: 3 });
  expect(new Set(uris).size).toBe(3);
});

test('tells in the submission which images came with it', async () => {
  const image = await sharp({ create: { width: 64, height: 36, channels: 3, background: '#00ff00' } })
    .png()
    .toBuffer();
  const inline = { bytesBase64Encoded: image.toString('base64'), mimeType: 'image/png' };
  await submit({ prompt: 'from here to there', image: inline, lastFrame: inline });
  const seen = { format: 'png', width: 64, height: 36, bytes: image.length };
  const { items } = await simulator.submissions('from here to there');
  expect(items[0]).toMatchObject({ provider: 'veo', accepted: true, notes: { inputs: [seen, seen] } });
});

test.each([
  [{ prompt: '' }, {}, 400],
  [{ prompt: 'a sea', image: { bytesBase64Encoded: 'AAAA', mimeType: 'image/png' } }, {}, 400],
  [{ prompt: 'a sea' }, { seed: 1 }, 400],
  [{ prompt: 'a sea' }, { aspectRatio: '1:1' }, 400],
  [{ prompt: 'a sea' }, { durationSeconds: 7 }, 400],
])('refuses %o with %o', async (instance, parameters, status) => {
  const response = await submit(instance, parameters);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { code: status, status: 'INVALID_ARGUMENT' } });
});

test('knows no such model, operation or file', async () => {
  const responses = [
    await submit({ prompt: 'a sea' }, {}, 'gemini-2.5-flash-image'),
    await fetch(`${base()}/models/veo-3.1-generate-preview/operations/nobody`, { headers }),
    await fetch(`${base()}/files/nobody-0:download?alt=media`, { headers }),
  ];
  for (const response of responses) {
    expect(await response.json()).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } });
  }
});

test('tells of a filtered video without samples, and of a failure with a gRPC code', async () => {
  await simulator.plan({ match: 'filtered', taskMs: 0, fault: { kind: 'content_block', where: 'output' } });
  await simulator.plan({ match: 'crashed', taskMs: 0, fault: 'task_failed' });
  const filtered = await ended(await nameOf(await submit({ prompt: 'filtered' })));
  expect(filtered.response?.generateVideoResponse).toEqual({
    raiMediaFilteredCount: 1,
    raiMediaFilteredReasons: [expect.any(String)],
  });
  const crashed = await ended(await nameOf(await submit({ prompt: 'crashed' })));
  expect(crashed).toEqual({ name: crashed.name, done: true, error: { code: 13, message: expect.any(String) } });
});

test('has no way to cancel', async () => {
  const name = await nameOf(await submit({ prompt: 'go on' }));
  expect((await fetch(`${base()}/${name}`, { method: 'DELETE', headers })).status).toBe(404);
  expect(await ended(name)).toMatchObject({ done: true });
});

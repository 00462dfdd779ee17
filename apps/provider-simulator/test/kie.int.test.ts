import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { cornerOf, sizeOf } from './image-facts.ts';
import { finishTask, postJson, startSimulator, type RunningSimulator } from './running-simulator.ts';
import { serveFile } from './served-file.ts';
import { until } from './until.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

const headers = { authorization: 'Bearer key-of-a-test' };
const create = (input: object, model = 'nano-banana-2') =>
  postJson(`${simulator.origin}/kie/api/v1/jobs/createTask`, { model, input }, headers);
const idOf = async (response: Response) => ((await response.json()) as { data: { taskId: string } }).data.taskId;
const lookAt = (taskId: string) =>
  fetch(`${simulator.origin}/kie/api/v1/jobs/recordInfo?taskId=${taskId}`, { headers });
const recordOf = async (taskId: string) => (await (await lookAt(taskId)).json()) as { data: KieRecord };

interface KieRecord {
  readonly state: string;
  readonly param: string;
  readonly resultJson?: string;
}

const ended = (taskId: string) =>
  until(async () => {
    const { data } = await recordOf(taskId);
    return ['success', 'fail'].includes(data.state) ? data : undefined;
  });

/** The base64 of the first result. */
async function resultOf(taskId: string): Promise<string> {
  const { resultUrls } = JSON.parse((await ended(taskId)).resultJson ?? '{}') as { resultUrls: string[] };
  return Buffer.from(await (await fetch(resultUrls[0] ?? '')).arrayBuffer()).toString('base64');
}

test('passes through all states to a result, whose URL is in a JSON text', async () => {
  const statesUntil = async (taskId: string, last: string) => {
    const states = new Set<string>();
    await until(async () => states.add((await recordOf(taskId)).data.state).has(last) || undefined);
    return [...states];
  };
  // How long a state lasts is a test of its own: here one may be over before the first look.
  await simulator.plan({ match: 'goes on waiting', taskMs: 3_600_000 });
  const waiting = await idOf(await create({ prompt: 'goes on waiting' }));
  expect(['waiting', 'queuing']).toEqual(expect.arrayContaining(await statesUntil(waiting, 'queuing')));

  await simulator.plan({ match: 'goes on being drawn', fault: 'never_ends' });
  const drawn = await idOf(await create({ prompt: 'goes on being drawn' }));
  const before = ['waiting', 'queuing', 'generating'];
  expect(before).toEqual(expect.arrayContaining(await statesUntil(drawn, 'generating')));
  await finishTask(simulator.origin, drawn);
  expect((await recordOf(drawn)).data.state).toBe('success');

  await simulator.plan({ match: 'every state', taskMs: 1000 });
  const taskId = await idOf(await create({ prompt: 'every state', aspect_ratio: '16:9', output_format: 'png' }));
  expect(await ended(taskId)).toEqual({
    taskId,
    model: 'nano-banana-2',
    state: 'success',
    param: expect.any(String),
    resultJson: expect.stringMatching(/^\{"resultUrls":\["http/),
    failCode: '',
    failMsg: '',
    costTime: 1000,
    completeTime: expect.any(Number),
    createTime: expect.any(Number),
    updateTime: expect.any(Number),
  });
  expect(JSON.parse((await ended(taskId)).param)).toMatchObject({ input: { prompt: 'every state' } });
  expect(await sizeOf(await resultOf(taskId))).toEqual({ width: 1376, height: 768, format: 'png' });
});

describe('input images', () => {
  const png = () =>
    sharp({ create: { width: 64, height: 64, channels: 3, background: '#00ff00' } })
      .png()
      .toBuffer();

  test('are fetched where they are on this machine, shown in the result, and told of in the submission', async () => {
    const file = await serveFile('/signed?token=1', await png());
    const prompt = 'make it night';
    const input = { prompt, image_input: [file.url], output_format: 'png' };
    const taskId = await idOf(await create(input));
    await file.stop();
    expect(await cornerOf(await resultOf(taskId))).toEqual([0, 255, 0]);
    const fetched = {
      host: file.host,
      outcome: 'fetched',
      status: 200,
      mimeType: 'image/png',
      bytes: expect.any(Number),
    };
    expect((await simulator.submissions(prompt)).items[0]).toMatchObject({ notes: { inputs: [fetched] } });
  });

  test('that cannot be fetched are refused, uncounted', async () => {
    const file = await serveFile('/signed', await png());
    const response = await create({ prompt: 'an expired link', image_input: [file.wrongUrl] });
    await file.stop();
    expect(await response.json()).toMatchObject({ code: 422, data: null });
    expect((await simulator.submissions('an expired link')).accepted).toBe(0);
  });

  test('of a type that kie does not read are refused', async () => {
    const gif = await sharp(await png())
      .gif()
      .toBuffer();
    const file = await serveFile('/moving.gif', gif);
    const response = await create({ prompt: 'a moving fox', image_input: [file.url] });
    await file.stop();
    expect(await response.json()).toEqual({ code: 422, msg: 'File type not supported', data: null });
  });

  test('in a field of another model are ignored', async () => {
    const prompt = 'the wrong field';
    await create({ prompt, image_urls: ['http://127.0.0.1:9/never-asked'] }, 'nano-banana-pro');
    expect((await simulator.submissions(prompt)).items[0]).toMatchObject({ accepted: true, notes: { inputs: [] } });
  });
});

test.each([
  ['google/nano-banana', { image_size: '16:9', output_format: 'jpeg' }, 'jpeg'],
  ['nano-banana-pro', { aspect_ratio: '16:9', output_format: 'jpg' }, 'jpeg'],
  ['nano-banana-2-lite', { aspect_ratio: '16:9' }, 'jpeg'],
])('%s takes its own field names', async (model, fields, format) => {
  const taskId = await idOf(await create({ prompt: 'a fox', ...fields }, model));
  expect(await sizeOf(await resultOf(taskId))).toEqual({ width: 1376, height: 768, format });
});

test.each([
  ['nano-banana-pro', { output_format: 'jpeg' }, "Invalid value for 'output_format'"],
  ['google/nano-banana', { output_format: 'jpg' }, "Invalid value for 'output_format'"],
  ['google/nano-banana-edit', {}, "Invalid value for 'image_urls'"],
  ['google/nano-banana', { prompt: 'x'.repeat(5001) }, "Invalid value for 'prompt'"],
  ['nano-banana-pro', { image_input: Array.from({ length: 9 }, () => 'https://a.example/b.png') }, 'image_input'],
  ['nano-banana-2', { image_input: ['data:image/png;base64,AAAA'] }, 'image_input'],
  ['nano-banana-pro', { aspect_ratio: '8:1' }, 'aspect_ratio'],
  ['no-such-banana', {}, 'not supported'],
])('%s refuses %o with status 200 and code 422', async (model, input, msg) => {
  const response = await create({ prompt: 'a fox', ...input }, model);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ code: 422, msg: expect.stringContaining(msg), data: null });
});

test('tells an unknown task and a missing id apart, and refuses a wrong key, with status 200', async () => {
  const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code: number }).code];
  expect(await codeOf(await lookAt('nobody'))).toEqual([200, 422]);
  expect(await codeOf(await lookAt(''))).toEqual([200, 400]);
  const url = `${simulator.origin}/kie/api/v1/jobs/recordInfo?taskId=a`;
  expect(await codeOf(await fetch(url, { headers: { authorization: 'Bearer invalid-key' } }))).toEqual([200, 401]);
});

test.each([
  ['rate_limited', 429, 429],
  [{ kind: 'rate_limited', inBody: true }, 200, 429],
  [{ kind: 'rate_limited', perDay: true }, 200, 433],
  ['unauthorized', 401, 401],
  ['quota_exceeded', 200, 402],
  ['unavailable_envelope', 200, 455],
  ['error_in_200', 200, 500],
  ['internal_error', 500, 500],
])('plays %o as status %d with code %d', async (fault, status, code) => {
  const prompt = `fault ${JSON.stringify(fault)}`;
  await simulator.plan({ match: prompt, fault });
  const response = await create({ prompt });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code, data: null });
});

test('plays a record that is not there yet right after the creation', async () => {
  const prompt = 'not there yet';
  await simulator.plan({ match: prompt, on: 'poll', times: 1, fault: 'not_found' });
  const taskId = await idOf(await create({ prompt }));
  expect(await recordOf(taskId)).toEqual({ code: 422, msg: 'recordInfo is null', data: null });
  expect(await recordOf(taskId)).toMatchObject({ code: 200, data: { taskId } });
});

test.each([
  ['task_failed', { failCode: '500', failMsg: 'Internal server error' }],
  [
    { kind: 'content_block', where: 'output' },
    { failCode: '400', failMsg: expect.stringContaining('content policy') },
  ],
])('tells of %o within a success, the code of the failure as a text', async (fault, failure) => {
  const prompt = `ends with ${JSON.stringify(fault)}`;
  await simulator.plan({ match: prompt, taskMs: 0, fault });
  const taskId = await idOf(await create({ prompt }));
  expect(await recordOf(taskId)).toMatchObject({ code: 200, data: { state: 'fail', resultJson: null, ...failure } });
});

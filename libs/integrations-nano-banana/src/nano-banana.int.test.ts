import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCallsClient, expectNoLeakedProcesses, startStack, type Stack } from '@darkroom/testing';
import { definition } from './definition.ts';
import { imagesOutputSchema } from './output.schema.ts';
import * as workflows from './workflows/index.ts';

const integration = 'nano-banana';
const onePayment = { claimed: 1, accepted: 1, refused: 0, unknown: 0 };
/** Nobody looks on its own before the test is over: only a callback can end a call. */
const onlyCallbacks = JSON.stringify({ [integration]: { pollFirstSeconds: 600 } });
const eagerLooks = JSON.stringify({ [integration]: { pollFirstSeconds: 0.5, pollIntervalSeconds: 0.5 } });

let stack: Stack;

beforeAll(async () => {
  const enabled = { ENABLED_INTEGRATIONS: integration };
  stack = await startStack({
    mainEnvironment: { ...enabled, OPERATION_LIMITS: onlyCallbacks },
    workerEnvironment: enabled,
  });
});

afterAll(async () => {
  await stack?.stop();
  await expectNoLeakedProcesses();
});

async function expectImages(output: unknown, size: { width: number; height: number }): Promise<void> {
  const { images } = imagesOutputSchema.parse(output);
  expect(images).toMatchObject([size]);
  for (const { url = '', sha256 } of images) {
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
}

test('every workflow that an operation names is exported', () => {
  for (const { workflow } of Object.values(definition.operations)) expect(Object.keys(workflows)).toContain(workflow);
});

describe('a complete run', () => {
  test.each([
    ['google/nano-banana', 'png'],
    ['nano-banana-pro', 'jpeg'],
    ['nano-banana-2', 'jpeg'],
  ])('from words, of %s, ends with the callback', async (model, outputFormat) => {
    const prompt = `words of ${model}`;
    const { id } = await stack.submit({ prompt, integration, input: { model, outputFormat, aspectRatio: '1:1' } });
    const call = await stack.waitForEnd(id);
    expect(call).toMatchObject({ status: 'completed', submissions: onePayment, output: { model } });
    await expectImages(call.output, { width: 1024, height: 1024 });
    expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
  });

  test.each(['google/nano-banana-edit', 'nano-banana-pro', 'nano-banana-2'])(
    'from an upload, of %s, which fetches it by a link',
    async (model) => {
      const prompt = `an edit of ${model}`;
      const images = [{ uploadId: await upload() }];
      const request = {
        prompt,
        integration,
        operation: 'image-to-image',
        input: { model, images, aspectRatio: '1:1' },
      };
      const call = await stack.waitForEnd((await stack.submit(request)).id);
      expect(call).toMatchObject({ status: 'completed', submissions: onePayment });
      await expectImages(call.output, { width: 1024, height: 1024 });
    },
  );

  /** A picture that a user brought. */
  async function upload(): Promise<string> {
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    );
    const form = new FormData();
    form.append('file', new Blob([pixel], { type: 'image/png' }), 'pixel.png');
    const headers = { 'x-darkroom-upload': '1' };
    const answer = await fetch(`${stack.main.url}/v1/uploads`, { method: 'POST', headers, body: form });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { id: string }).id;
  }
});

describe('callbacks', () => {
  test('one that is unsigned or wrongly signed changes nothing', async () => {
    for (const how of ['unsigned', 'wrong_signature', 'stale_timestamp']) {
      const prompt = `forged: ${how}`;
      await stack.control.plan({ match: prompt, on: 'callback', fault: { kind: 'callback_forged', how } });
      const { id } = await stack.submit({ prompt, integration });
      await waitForLog(id, 'callback refused');
      expect(await stack.call(id)).toMatchObject({ status: 'processing', waitingFor: 'provider' });
      await stack.refresh(id);
      expect(await stack.waitForEnd(id)).toMatchObject({ status: 'completed', submissions: onePayment });
    }
  });

  test('without one, the call ends because it is asked for', async () => {
    const eager = await stack.addMain({ ENABLED_INTEGRATIONS: integration, OPERATION_LIMITS: eagerLooks });
    const prompt = 'no callback: a lighthouse';
    await stack.control.plan({ match: prompt, on: 'callback', fault: { kind: 'callback_missing' } });
    await stack.control.plan({ match: prompt, on: 'poll', fault: { kind: 'not_found' }, times: 2 });
    const { id } = await createCallsClient(eager.url).submit({ prompt, integration });
    expect(await stack.waitForEnd(id)).toMatchObject({ status: 'completed', submissions: onePayment });
  });

  test('an answer that was lost is found again by the callback that names its task', async () => {
    const prompt = 'lost answer: a lighthouse';
    await stack.control.plan({ match: prompt, fault: { kind: 'reset_after_accept' } });
    const { id } = await stack.submit({ prompt, integration });
    expect(await stack.waitForEnd(id)).toMatchObject({ status: 'completed', submissions: { claimed: 1 } });
    expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
  });

  async function waitForLog(id: string, text: string): Promise<void> {
    const isLogged = () =>
      stack.main
        .logs()
        .split('\n')
        .some((line) => line.includes(id) && line.includes(text));
    while (!isLogged()) await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

test('a rate limit inside a success is waited for, and paid once', async () => {
  const prompt = 'rate limited: a lighthouse';
  await stack.control.plan({ match: prompt, times: 1, fault: { kind: 'rate_limited', inBody: true } });
  const { id } = await stack.submit({ prompt, integration });
  const submissions = { claimed: 2, accepted: 1, refused: 1, unknown: 0 };
  expect(await stack.waitForEnd(id)).toMatchObject({ status: 'completed', submissions });
  expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
});

test.each([
  ['unauthorized', 'provider_authentication'],
  ['quota_exceeded', 'provider_quota_exceeded'],
])('%s fails the call and is not paid', async (kind, code) => {
  const prompt = `refused: ${kind}`;
  await stack.control.plan({ match: prompt, fault: { kind } });
  const { id } = await stack.submit({ prompt, integration });
  expect(await stack.waitForEnd(id)).toMatchObject({ status: 'failed', error: { code } });
  expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 0 });
});

test.each([
  [{ kind: 'task_failed' }, 'provider_failed'],
  [{ kind: 'content_block', where: 'output' }, 'content_rejected'],
])('a task that ends with %j fails the call: %s', async (fault, code) => {
  const prompt = `task: ${fault.kind}`;
  await stack.control.plan({ match: prompt, fault });
  const { id } = await stack.submit({ prompt, integration });
  expect(await stack.waitForEnd(id)).toMatchObject({ status: 'failed', error: { code } });
});

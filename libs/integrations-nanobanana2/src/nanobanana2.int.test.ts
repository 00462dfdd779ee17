import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findIntegrationPackages, loadDefinitions, selectEnabled } from '@darkroom/integration-sdk/collection';
import { createLateAnswers, type IntegrationContext } from '@darkroom/integration-sdk/worker';
import { expectNoLeakedProcesses, startStack, type Stack, until } from '@darkroom/testing';
import { Client, Connection } from '@temporalio/client';
import { servePictures, type PictureServer } from '../test/picture-server.ts';
import { definition } from './definition.ts';
import { imagesOutputSchema } from './output.schema.ts';
import type { Settings } from './settings.ts';
import { createActivities } from './worker.ts';
import * as workflows from './workflows/index.ts';

let stack: Stack;
let pictures: PictureServer;
let connection: Connection;
let temporal: Client;

beforeAll(async () => {
  pictures = await servePictures();
  const shared = { OUTBOUND_ALLOW_ORIGINS: pictures.origin };
  stack = await startStack({ mainEnvironment: shared, workerEnvironment: shared });
  const { address, namespace } = stack.middleware.temporal;
  connection = await Connection.connect({ address });
  temporal = new Client({ connection, namespace });
});

afterAll(async () => {
  await connection?.close();
  await stack?.stop();
  await pictures?.close();
  await expectNoLeakedProcesses();
});

const workflowTaskQueue = 1;
const activityTaskQueue = 2;

describe('workflow collection by the worker', () => {
  const scopeDirectory = join(import.meta.dirname, '../../../node_modules/@darkroom');

  test('the package is found, enabled, and the example is not unless the deny-list is empty', async () => {
    const collect = async (denyList: string[]) =>
      selectEnabled({
        definitions: await loadDefinitions(await findIntegrationPackages({ scopeDirectory, denyList })),
      }).map(({ name }) => name);
    const collected = await collect(['example']);
    expect(collected).toContain('nanobanana2');
    expect(collected).not.toContain('example');
    expect(await collect([])).toEqual(expect.arrayContaining(['example', 'nanobanana2']));
  });

  test('every workflow that an operation names is exported', () => {
    for (const { workflow } of Object.values(definition.operations)) expect(Object.keys(workflows)).toContain(workflow);
  });
});

describe('the package’s folders', () => {
  test('workflows/ holds imageGenerationWorkflow, activities/ the four activities', async () => {
    expect(await readdir(join(import.meta.dirname, 'workflows'))).toEqual(['image-generation.workflow.ts', 'index.ts']);
    expect(Object.keys(workflows)).toEqual(['imageGenerationWorkflow']);
    expect(await readdir(join(import.meta.dirname, 'activities'))).toEqual(['create-image-activities.ts']);
    const context = { lateAnswers: createLateAnswers() } as IntegrationContext<Settings>;
    expect(Object.keys(createActivities(context))).toEqual([
      'callNanobanana2Api',
      'uploadImageToStorage',
      'generateAndUploadImage',
      'reportCall',
    ]);
  });
});

describe('connection to Temporal', () => {
  test.each([
    ['workflows', workflowTaskQueue],
    ['activities', activityTaskQueue],
  ])('the worker takes %s from the queue that the definition names', async (_, taskQueueType) => {
    // The worker is ready when Temporal knows of one of them.
    const pollers = await until('somebody polls', async () => {
      const queue = await connection.workflowService.describeTaskQueue({
        namespace: stack.middleware.temporal.namespace,
        taskQueue: { name: 'nanobanana2-image-tasks' },
        taskQueueType,
      });
      return queue.pollers.length > 0 && queue.pollers;
    });
    expect(pollers.map(({ identity }) => identity)).toEqual([expect.stringContaining('nanobanana2')]);
  });
});

describe('submission', () => {
  test('a call becomes a workflow with its own id, whose input and memo hold no more than they must', async () => {
    const call = await stack.submit({ prompt: 'submission: a lighthouse' });
    expect(call).toMatchObject({ status: 'pending', simulated: true, workflowId: call.id });
    await stack.waitForEnd(call.id);
    const described = await temporal.workflow.getHandle(call.id).describe();
    expect(described).toMatchObject({ type: 'imageGenerationWorkflow', taskQueue: 'nanobanana2-image-tasks' });
    expect(JSON.stringify(described.memo)).not.toContain('lighthouse');
  });

  test('images that cannot be fetched, or are none, are refused before anything is paid', async () => {
    for (const [path, reason] of [
      ['missing.png', /404/],
      ['text.png', /no known type/],
    ] as const) {
      const prompt = `refused: ${path}`;
      const { id } = await stack.submit({
        prompt,
        operation: 'image-to-image',
        input: { images: [`${pictures.origin}/${path}`] },
      });
      const call = await stack.waitForEnd(id);
      expect(call).toMatchObject({ status: 'failed', submissions: { claimed: 0 }, error: { code: 'invalid_input' } });
      expect(call.error?.message).toMatch(reason);
      expect(await stack.control.submissions(prompt)).toMatchObject({ received: 0 });
    }
  });
});

describe('status query', () => {
  test('the call says what it waits for, and the workflow answers the query `progress`', async () => {
    const prompt = 'status query: a slow lighthouse';
    await stack.control.plan({ match: prompt, latencyMs: 12_000 });
    const { id } = await stack.submit({ prompt });
    const waiting = await stack.waitFor(id, ({ waitingFor }) => waitingFor === 'provider');
    expect(waiting).toMatchObject({
      status: 'processing',
      progress: { currentStep: 'submitting' },
      submissions: { claimed: 1 },
    });
    expect(await temporal.workflow.getHandle(id).query('progress')).toEqual({ step: 'submitting', attempt: 1 });

    const ended = await stack.waitForEnd(id);
    expect(ended.status).toBe('completed');
    expect(ended.waitingFor).toBeUndefined();
    expect(await temporal.workflow.getHandle(id).query('progress')).toEqual({ step: 'done', attempt: 1 });
  });
});

describe('a complete run', () => {
  async function expectFiles(output: unknown, size: { width: number; height: number }): Promise<void> {
    const { images } = imagesOutputSchema.parse(output);
    expect(images).toHaveLength(1);
    for (const image of images) {
      expect(image).toMatchObject({ contentType: 'image/png', ...size });
      const bytes = Buffer.from(await (await fetch(image.url ?? '')).arrayBuffer());
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(image.sha256);
      expect(bytes.byteLength).toBe(image.bytes);
    }
  }

  test.each(['gemini', 'images', 'chat'])('in the dialect %s, from words and from an image', async (dialect) => {
    const [process] = stack.workers;
    await process?.service.stop();
    await process?.start({ NANOBANANA2_EXTERNAL_DIALECT: dialect });

    const words = await stack.submit({
      prompt: `${dialect}: a lighthouse at dawn`,
      input: { aspectRatio: '1:1', imageSize: '1K' },
    });
    const edit = await stack.submit({
      prompt: `${dialect}: make it night`,
      operation: 'image-to-image',
      input: { images: [`${pictures.origin}/picture.png`, `${pictures.origin}/picture.png`] },
    });
    for (const { id } of [words, edit]) {
      const call = await stack.waitForEnd(id);
      expect(call).toMatchObject({
        status: 'completed',
        submissions: { claimed: 1, accepted: 1, refused: 0, unknown: 0 },
      });
      await expectFiles(call.output, { width: 1024, height: 1024 });
    }
    expect(await stack.control.submissions(dialect)).toMatchObject({ accepted: 2 });
  });

  test('[P5] an image that was paid for and could not be stored is stored later, without paying again', async () => {
    const prompt = 'stored later: a lighthouse';
    // Storage has to be away before the answer comes.
    await stack.control.plan({ match: prompt, latencyMs: 12_000 });
    const { id } = await stack.submit({ prompt });
    await stack.waitFor(id, ({ waitingFor }) => waitingFor === 'provider');
    await stack.middleware.objectStore.stop();
    await stack.waitFor(id, ({ waitingFor }) => waitingFor === 'storage');
    await stack.middleware.objectStore.start();

    const call = await stack.waitForEnd(id);
    expect(call).toMatchObject({ status: 'completed', submissions: { claimed: 1, accepted: 1 } });
    await expectFiles(call.output, { width: 1024, height: 1024 });
    expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
    const { events } = await temporal.workflow.getHandle(id).fetchHistory();
    const activities = (events ?? []).flatMap(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? [],
    );
    expect(activities).toEqual(['generateAndUploadImage', 'uploadImageToStorage']);
  });

  test('a graceful restart in the middle of a generation waits for it: one payment', async () => {
    const prompt = 'restart: a lighthouse';
    await stack.control.plan({ match: prompt, latencyMs: 5_000 });
    const { id } = await stack.submit({ prompt });
    await stack.waitFor(id, ({ waitingFor }) => waitingFor === 'provider');
    const [process] = stack.workers;
    expect(await process?.service.stop()).toMatchObject({ code: 0 });
    expect(await stack.call(id)).toMatchObject({ status: 'completed', submissions: { claimed: 1, accepted: 1 } });
    await process?.start();
    expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
  });
});

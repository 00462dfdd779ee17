import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  asyncTaskSchema,
  type Call,
  callSchema,
  integrationSchema,
  outputArtifactSchema,
  type OutputArtifact,
} from '@darkroom/contract';
import { checkVideo } from '@darkroom/integration-sdk/media';
import { expectNoLeakedProcesses, startStack, type Stack, until } from '@darkroom/testing';
import sharp from 'sharp';
import { commandsOf } from './document-commands.ts';

const run = promisify(execFile);
const commands = commandsOf('docs/guides/operations.md')
  .map(({ command }) => command)
  .filter((command) => command.startsWith('curl '));
const isSubmission = (command: string) => command.includes('/v1/calls') && !command.includes('call.json');
const requested = commands.filter(isSubmission).map((command) => {
  const [, integration, operation] = /"integration":"([^"]+)","operation":"([^"]+)"/.exec(command) ?? [];
  return { name: `${integration}/${operation}`, integration, command };
});
const ofTasks = commandsOf('docs/guides/async-tasks.md')
  .map(({ command }) => command)
  .filter((command) => command.startsWith('curl '));
const requests = commandsOf('docs/guides/requests.md').map(({ command }) => command);
const integrations = [...new Set(requested.map(({ integration }) => integration))].join(',');

describe('the guide with one curl for each operation', () => {
  let stack: Stack;
  let directory: string;
  const execute = async (command: string) => {
    const here = command.replaceAll('localhost:3000', new URL(stack.main.url).host);
    return (await run('bash', ['-ec', `set -o pipefail; ${here}`], { cwd: directory })).stdout;
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'darkroom-operations-'));
    const shared = {
      ENABLED_INTEGRATIONS: integrations,
      IMAGE_PROVIDER: 'nanobanana2',
      // Not the first that can: that one would make it where nothing is set too.
      VIDEO_PROVIDER: 'veo',
    };
    stack = await startStack({ denyList: '', mainEnvironment: shared, workerEnvironment: shared });
    for (const command of commands.filter((command) => !isSubmission(command))) await execute(command);
  });

  afterAll(async () => {
    await stack?.stop();
    await rm(directory, { recursive: true, force: true });
    await expectNoLeakedProcesses();
  });

  test('names every operation of every integration, once or more', async () => {
    const { items } = (await (await fetch(`${stack.main.url}/v1/integrations`)).json()) as { items: unknown };
    const offered = integrationSchema
      .array()
      .parse(items)
      .flatMap(({ name, operations }) => operations.map((operation) => `${name}/${operation.name}`));
    expect([...new Set(requested.map(({ name }) => name))].sort()).toEqual(offered.sort());
  });

  test.each(requested)('$name completes with files that open', async ({ command }) => {
    await expectCompleted(callSchema.parse(JSON.parse(await execute(command))));
  });

  test('an asynchronous task is submitted, looked up and cancelled over HTTP, and a worker runs it', async () => {
    const [submit = '', look = '', cancel = '', ...more] = ofTasks;
    expect(more).toEqual([]);
    const taskOf = async (command: string) => asyncTaskSchema.parse(JSON.parse(await execute(command)));
    expect(await taskOf(submit)).toMatchObject({ taskId: 'sheet-1', name: 'example_contact_sheet' });
    const ended = await until('the task has ended', async () => {
      const task = await taskOf(look);
      return task.completedAt !== undefined && task;
    });
    expect(ended).toMatchObject({
      status: 'completed',
      result: { objectKey: expect.stringContaining('/tasks/default.sheet-1/'), prompts: 2 },
      completedSteps: ['write', 'store'],
    });
    expect(await taskOf(cancel)).toEqual(ended);
  });

  test('a request that names no provider is made by the one that is configured, or that it names, and says what is not honoured', async () => {
    const [image = '', video = '', named = '', find = ''] = requests;
    const callOf = async (command: string) => callSchema.parse(JSON.parse(await execute(command)));
    const calls = [await callOf(image), await callOf(video), await callOf(named)];
    for (const call of calls) await expectCompleted(call);

    expect(calls.map(({ integration, operation }) => `${integration}/${operation}`)).toEqual([
      'nanobanana2/text-to-image',
      'veo/text-to-video',
      'seedream/text-to-image',
    ]);
    expect(calls.map(({ request }) => request?.notHonoured.map(({ field }) => field))).toEqual([
      [],
      ['duration', 'resolution', 'fps'],
      ['numImages'],
    ]);
    expect((await callOf(video)).id).toBe(calls[1]?.id);
    expect(JSON.parse(await execute(find))).toMatchObject({ items: [{ id: calls[1]?.id }], nextCursor: null });
  });

  test('of all these calls, and of one that failed, main and the worker keep no temporary file', async () => {
    const ends = { 'no image at all': 'failed', 'an image again': 'completed' };
    await stack.control.plan({ match: 'no image at all', fault: { kind: 'not_an_image' } });
    for (const [prompt, status] of Object.entries(ends)) {
      const { id } = await stack.submit({ prompt });
      expect(await stack.waitForEnd(id)).toMatchObject({ status });
    }
    for (const { environment } of [stack.main, ...stack.workers]) {
      const temporary = join(environment['TEMP_DIR'] ?? '', 'darkroom-processes');
      const [own = '', ...others] = (await readdir(temporary)).filter((name) => !name.endsWith('.lock'));
      expect(others).toEqual([]);
      await until(`${own} is empty`, async () => (await readdir(join(temporary, own))).length === 0);
    }
  });
});

async function expectCompleted(call: Call): Promise<void> {
  expect(call).toMatchObject({ status: 'completed' });
  const artifacts = Object.values(call.output ?? {}).flatMap(
    (value) => outputArtifactSchema.array().safeParse([value].flat()).data ?? [],
  );
  expect(artifacts.length).toBeGreaterThan(0);
  for (const artifact of artifacts) await expectOpens(artifact);
}

/** Another program than the one that stored it reads images; of videos the file's own tables are read, to the last frame. */
async function expectOpens({
  url,
  contentType,
  sha256,
  width,
  height,
  durationSeconds,
}: OutputArtifact): Promise<void> {
  const response = await fetch(url ?? 'no url');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  if (contentType.startsWith('video/')) {
    expect(await checkVideo(bytes)).toMatchObject({ facts: { contentType, width, height, durationSeconds } });
  } else {
    const { info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width, height });
  }
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  accountEventSchema,
  type Batch,
  batchSchema,
  callSchema,
  cancelBatchAnswerSchema,
  outputArtifactSchema,
  pageSchema,
  uploadSchema,
} from '@darkroom/contract';
import { expectNoLeakedProcesses, startStack, type Stack, until } from '@darkroom/testing';
import { commandsOf } from './document-commands.ts';

const run = promisify(execFile);
const commands = commandsOf('docs/guides/batches.md')
  .map(({ command }) => command)
  .filter((command) => command !== 'npm start');

describe('batches', () => {
  let stack: Stack;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'darkroom-batches-'));
    stack = await startStack();
  });

  afterAll(async () => {
    await stack?.stop();
    await rm(directory, { recursive: true, force: true });
    await expectNoLeakedProcesses();
  });

  const execute = async (command: string) => {
    const here = command.replaceAll('localhost:3000', new URL(stack.main.url).host);
    return (await run('bash', ['-ec', here], { cwd: directory })).stdout;
  };
  const answerOf = async (command: string) => JSON.parse(await execute(command)) as unknown;

  test('the guide works as it is written, and both of its batches complete', async () => {
    const [submit = '', writeLines = '', submitLines = '', look = '', calls = '', events = '', cancel = '', ...more] =
      commands;
    expect(more).toEqual([]);
    await execute(submit);
    await execute(writeLines);
    const lines = batchSchema.parse(await answerOf(submitLines));
    expect(lines).toMatchObject({ batchId: 'seasons-1', strategy: 'sequential', maxConcurrent: 1, onFailure: 'stop' });

    const ended = await until('the first batch has ended', async () => {
      const batch = batchSchema.parse(await answerOf(look));
      return batch.completedAt !== undefined && batch;
    });
    expect(ended).toMatchObject({ batchId: 'harbour-1', status: 'completed', calls: { total: 3, completed: 3 } });
    const items = pageSchema(callSchema).parse(await answerOf(calls)).items;
    expect(items.map(({ batchPosition }) => batchPosition)).toEqual([2, 1, 0]);
    const log = pageSchema(accountEventSchema).parse(await answerOf(events)).items;
    expect(log.map(({ type }) => type)).toEqual(['batch.accepted', 'batch.processing', 'batch.completed']);
    expect(cancelBatchAnswerSchema.parse(await answerOf(cancel))).toMatchObject({ result: 'already_terminal' });

    await untilCompleted(lines);
  });

  test('calls of a batch may name an upload, and the provider takes each once', async () => {
    const [image] = outputArtifactSchema.array().parse((await firstCall()).output?.['images']);
    const form = new FormData();
    form.append('file', await (await fetch(image?.url ?? 'no url')).blob(), 'drawn-here.png');
    const headers = { 'x-darkroom-upload': '1' };
    const answer = await fetch(`${stack.main.url}/v1/uploads`, { method: 'POST', headers, body: form });
    const { id: uploadId } = uploadSchema.parse(await answer.json());
    const prompt = 'more light on it';
    const call = { integration: 'nanobanana2', operation: 'image-to-image', input: { prompt, images: [{ uploadId }] } };
    const batch = await submit({ maxConcurrent: 2, calls: [call, call, call] });
    await untilCompleted(batch);
    expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 3, received: 3 });
  });

  test('where a failure stops it, the provider gets nothing after that failure', async () => {
    await stack.control.plan({ match: 'the second of five', fault: { kind: 'bad_request' } });
    const prompts = [
      'the first of five',
      'the second of five',
      'the third of five',
      'the fourth of five',
      'the fifth of five',
    ];
    const calls = prompts.map((prompt) => ({
      integration: 'nanobanana2',
      operation: 'text-to-image',
      input: { prompt },
    }));
    const batch = await submit({ strategy: 'sequential', onFailure: 'stop', calls });
    const ended = await until('the batch has ended', async () => {
      const read = batchSchema.parse(await (await fetch(batch.urls.self)).json());
      return read.completedAt !== undefined && read;
    });
    expect(ended).toMatchObject({ status: 'failed', calls: { completed: 1, failed: 1, cancelled: 3 } });
    expect(await stack.control.submissions('of five')).toMatchObject({ received: 2 });
  });

  test('a call and a batch that begin later wait for their time, and are made then', async () => {
    const delaySeconds = 3;
    const notBefore = Date.now() + delaySeconds * 1000;
    const wish = (prompt: string) => ({
      integration: 'nanobanana2',
      operation: 'text-to-image',
      input: { prompt },
    });
    const prompts = ['a call of later', 'a batch of later'];
    const batch = await submit({ delaySeconds, calls: [wish('a batch of later'), wish('a batch of later')] });
    const later = { ...wish('a call of later'), delaySeconds };
    const answer = await post('/v1/calls', later);
    const { id } = callSchema.parse(await answer.json());

    await untilCompleted(batch);
    const made = [
      await stack.waitForEnd(id, 60),
      ...pageSchema(callSchema).parse(await (await fetch(batch.urls.calls)).json()).items,
    ];
    expect(made.map(({ status }) => status)).toEqual(Array(3).fill('completed'));
    const startTimes = made.map(({ createdAt, startedAt = createdAt }) => Date.parse(startedAt));
    expect(Math.min(...startTimes)).toBeGreaterThanOrEqual(notBefore);
    for (const [index, prompt] of prompts.entries()) {
      const { accepted, received, items } = await stack.control.submissions(prompt);
      expect([accepted, received]).toEqual([index + 1, index + 1]);
      expect(Math.min(...items.map(({ at }) => Date.parse(at)))).toBeGreaterThanOrEqual(notBefore);
    }
  });

  const firstCall = async () => {
    const calls = await fetch(`${stack.main.url}/v1/calls?status=completed&limit=1`);
    const [call] = pageSchema(callSchema).parse(await calls.json()).items;
    if (call === undefined) throw new Error('The guide has completed no call.');
    return call;
  };
  const submit = async (body: object): Promise<Batch> => {
    return batchSchema.parse(await (await post('/v1/batches', body)).json());
  };
  const post = (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    return fetch(`${stack.main.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  const untilCompleted = ({ urls }: Batch) =>
    until('the batch has completed', async () => {
      return batchSchema.parse(await (await fetch(urls.self)).json()).status === 'completed';
    });
});

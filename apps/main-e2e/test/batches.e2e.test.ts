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
  pageSchema,
} from '@darkroom/contract';
import { expectNoLeakedProcesses, startStack, type Stack } from '@darkroom/testing';
import { commandsOf } from './document-commands.ts';
import { until } from './until.ts';

const run = promisify(execFile);
const commands = commandsOf('docs/guides/batches.md')
  .map(({ command }) => command)
  .filter((command) => command !== 'npm start');

describe('the guide to batches', () => {
  let stack: Stack;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'darkroom-batches-'));
    stack = await startStack();
  }, 180_000);

  afterAll(async () => {
    await stack?.stop();
    await rm(directory, { recursive: true, force: true });
    await expectNoLeakedProcesses();
  }, 60_000);

  const execute = async (command: string) => {
    const here = command.replaceAll('localhost:3000', new URL(stack.main.url).host);
    return (await run('bash', ['-ec', here], { cwd: directory })).stdout;
  };
  const answerOf = async (command: string) => JSON.parse(await execute(command)) as unknown;

  test('works as it is written, and both of its batches complete', async () => {
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

    await until('the second batch has ended', async () => {
      const batch: Batch = batchSchema.parse(await (await fetch(lines.urls.self)).json());
      return batch.status === 'completed';
    });
  }, 120_000);
});

import { readdirSync, readFileSync } from 'node:fs';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { tinyBundle } from './temporal-worker.ts';

const directory = new URL('./__fixtures__/histories/', import.meta.url);
const recorded = readdirSync(directory).filter((name) => name.endsWith('.json'));

let workflowBundle: Awaited<ReturnType<typeof tinyBundle>>;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  workflowBundle = await tinyBundle();
});

describe('the workflow of a call goes on with what an earlier version began', () => {
  test.each(recorded)('%s', async (name) => {
    const history: unknown = JSON.parse(readFileSync(new URL(name, directory), 'utf8'));
    await expect(Worker.runReplayHistory({ workflowBundle }, history)).resolves.toBeUndefined();
  });

  test('and a history that does not fit is found out', async () => {
    const text = readFileSync(new URL('completed-at-once.json', directory), 'utf8');
    const other: unknown = JSON.parse(text.replaceAll('drawAndStore', 'anotherActivity'));
    await expect(Worker.runReplayHistory({ workflowBundle }, other)).rejects.toThrow('ondeterminism');
  });
});

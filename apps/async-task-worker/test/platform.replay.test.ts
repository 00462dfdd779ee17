import { readdirSync, readFileSync } from 'node:fs';
import { Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { platformBundle, quietRuntime } from './platform-worker.ts';

const directory = new URL('./__fixtures__/platform-histories/', import.meta.url);
const recorded = readdirSync(directory).filter((name) => name.endsWith('.json'));

let workflowBundle: Awaited<ReturnType<typeof platformBundle>>;

beforeAll(async () => {
  quietRuntime();
  workflowBundle = await platformBundle();
});

describe("Darkroom's own workflows go on with what an earlier version began", () => {
  test.each(recorded)('%s', async (name) => {
    const history: unknown = JSON.parse(readFileSync(new URL(name, directory), 'utf8'));
    await expect(Worker.runReplayHistory({ workflowBundle }, history)).resolves.toBeUndefined();
  });

  test('and a history that does not fit is found out', async () => {
    const text = readFileSync(new URL('batch-to-its-end.json', directory), 'utf8');
    const other: unknown = JSON.parse(text.replaceAll('advanceBatch', 'anotherActivity'));
    await expect(Worker.runReplayHistory({ workflowBundle }, other)).rejects.toThrow('ondeterminism');
  });
});

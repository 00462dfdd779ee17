import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowBundle } from '@darkroom/platform-temporal';
import { beforeAll, expect, test } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { platformBundle, quietRuntime } from './platform-worker.ts';

const recorded = join(import.meta.dirname, '__fixtures__/histories/retention.json');
let workflowBundle: WorkflowBundle;

beforeAll(async () => {
  quietRuntime();
  workflowBundle = await platformBundle();
});

test('the workflow of retention goes on with what an earlier version began', async () => {
  const history: unknown = JSON.parse(await readFile(recorded, 'utf8'));
  await expect(Worker.runReplayHistory({ workflowBundle }, history)).resolves.toBeUndefined();

  const other: unknown = JSON.parse((await readFile(recorded, 'utf8')).replaceAll('removeOld', 'anotherActivity'));
  await expect(Worker.runReplayHistory({ workflowBundle }, other)).rejects.toThrow('ondeterminism');
});

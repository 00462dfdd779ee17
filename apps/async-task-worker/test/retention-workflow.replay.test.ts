import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTemporaryFiles } from '@darkroom/platform-files';
import { bundleWorkflows, type WorkflowBundle } from '@darkroom/platform-temporal';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';

const recorded = join(import.meta.dirname, '__fixtures__/histories/retention.json');
let directory: string;
let workflowBundle: WorkflowBundle;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  directory = await mkdtemp(join(tmpdir(), 'darkroom-replay-'));
  const temporaryFiles = await openTemporaryFiles(directory);
  const workflowsPath = join(import.meta.dirname, '../src/platform/workflows/index.ts');
  workflowBundle = await bundleWorkflows({ workflowsPath, temporaryFiles });
  await temporaryFiles.close();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('the workflow of retention goes on with what an earlier version began', async () => {
  const history: unknown = JSON.parse(await readFile(recorded, 'utf8'));
  await expect(Worker.runReplayHistory({ workflowBundle }, history)).resolves.toBeUndefined();

  const other: unknown = JSON.parse((await readFile(recorded, 'utf8')).replaceAll('removeOld', 'anotherActivity'));
  await expect(Worker.runReplayHistory({ workflowBundle }, other)).rejects.toThrow('ondeterminism');
});

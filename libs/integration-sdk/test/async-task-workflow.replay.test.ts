import { readdirSync, readFileSync } from 'node:fs';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { bundleTaskWorkflow } from '../src/tasks/bundle-task-workflow.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { keptBundle } from './kept-bundle.ts';

const directory = new URL('./__fixtures__/async-task-histories/', import.meta.url);
const recorded = readdirSync(directory).filter((name) => name.endsWith('.json'));

let workflowBundle: WorkflowBundleOption;

beforeAll(async () => {
  quietRuntime();
  workflowBundle = await bundleTaskWorkflow(keptBundle);
});

describe('the workflow of a task goes on with what an earlier version began', () => {
  test.each(recorded)('%s', async (name) => {
    const history: unknown = JSON.parse(readFileSync(new URL(name, directory), 'utf8'));
    await expect(Worker.runReplayHistory({ workflowBundle }, history)).resolves.toBeUndefined();
  });

  test('and a history that does not fit is found out', async () => {
    const text = readFileSync(new URL('two-steps.json', directory), 'utf8');
    const other: unknown = JSON.parse(text.replace(/("activityType": \{\s+"name": )"asyncTask_two-steps"/, '$1"x"'));
    await expect(Worker.runReplayHistory({ workflowBundle }, other)).rejects.toThrow('ondeterminism');
  });
});

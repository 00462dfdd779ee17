import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const run = promisify(execFile);

async function loadedBy(statement: string): Promise<string[]> {
  const code = `${statement} const { createRequire } = await import('node:module');
    console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache)));`;
  const args = ['--conditions=@darkroom/source', '--input-type=module', '--eval', code];
  const { stdout } = await run(process.execPath, args, { cwd: import.meta.dirname });
  return JSON.parse(stdout) as string[];
}

test('a process that only submits tasks loads no Worker', async () => {
  const isWorker = (path: string) => path.includes('/@temporalio/worker/');
  const door = await loadedBy("await import('@darkroom/integration-sdk/tasks');");
  expect(door.some((path) => path.includes('/@temporalio/client/'))).toBe(true);
  expect(door.filter(isWorker)).toEqual([]);
  // As it would be seen.
  expect((await loadedBy("await import('@temporalio/worker');")).some(isWorker)).toBe(true);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startManagedProcess, type ManagedProcess } from './managed-process.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'darkroom-process-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('the last lines of a process are none of an earlier run that has the same log file', async () => {
  await runShell('echo the film is missing');
  const second = await runShell('echo the shutter is stuck');
  const silent = await runShell('true');

  expect(second.lastLines()).toEqual(['the shutter is stuck']);
  expect(silent.lastLines()).toEqual([]);
});

async function runShell(script: string): Promise<ManagedProcess> {
  const running = await startManagedProcess(
    { command: 'sh', args: ['-c', script] },
    { name: 'shell', logFile: join(directory, 'shell.log'), recordFile: join(directory, 'shell.json'), ownGroup: true },
  );
  await running.exited;
  return running;
}

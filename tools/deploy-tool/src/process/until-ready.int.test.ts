import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startManagedProcess, type ManagedProcess } from './managed-process.ts';
import { untilReady } from './until-ready.ts';

let directory: string;
let running: ManagedProcess;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'darkroom-ready-'));
  running = await startManagedProcess(
    { command: 'sleep', args: ['600'] },
    {
      name: 'camera',
      logFile: join(directory, 'camera.log'),
      recordFile: join(directory, 'camera.json'),
      ownGroup: true,
    },
  );
});

afterEach(async () => {
  await running.stop();
  rmSync(directory, { recursive: true, force: true });
});

const neverAnswers = () => new Promise<void>(() => undefined);

test('a check that never answers does not hold up the end of the wait', async () => {
  const options = { readySeconds: 0.3, abortSignal: new AbortController().signal };
  await expect(untilReady(running, neverAnswers, options)).rejects.toThrow(
    'camera was not ready after 0.3 s: its check did not answer',
  );
});

test('nor does it hold up who is told to stop', async () => {
  const stopping = new AbortController();
  const waiting = untilReady(running, neverAnswers, { readySeconds: 600, abortSignal: stopping.signal });
  stopping.abort(new Error('Ctrl-C'));
  await expect(waiting).rejects.toThrow('Ctrl-C');
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { tryLock } from '../src/operating-system-lock.ts';

const lockModule = join(import.meta.dirname, '../src/operating-system-lock.ts');

test('a lock is held until its process ends, although nothing refers to it any more', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'darkroom-lock-'));
  const path = join(directory, 'held.lock');
  const program = `
    import { tryLock } from ${JSON.stringify(lockModule)};
    tryLock(${JSON.stringify(path)});
    await new Promise((resolve) => setTimeout(resolve, 50));
    gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
    gc();
    console.log('collected');
    setInterval(() => undefined, 1000);
  `;
  const holder = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(holder, 'exit');
  await once(holder.stdout, 'data');
  const meanwhile = tryLock(path);
  holder.kill('SIGKILL');
  await ended;
  expect(meanwhile).toBeUndefined();

  const lock = tryLock(path);
  expect(lock).toBeDefined();
  lock?.release();
  rmSync(directory, { recursive: true });
});

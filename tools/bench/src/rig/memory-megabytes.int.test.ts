import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { until } from '@darkroom/testing';
import { memoryMegabytesOf } from './memory-megabytes.ts';
import { familyOf, readProcessTable } from './process-table.ts';

test('a child that has ended while its parent was measured takes no memory', async () => {
  // The shell becomes a program that never asks what has become of the child that it was left.
  const parent = spawn('sh', ['-c', 'true & exec sleep 600'], { stdio: 'ignore' });
  const ended = once(parent, 'exit');
  const pid = parent.pid ?? 0;
  try {
    await until('the child has ended', () => {
      const [, child] = familyOf(readProcessTable(), pid);
      return child !== undefined && /\) Z /.test(readFileSync(`/proc/${child}/stat`, 'utf8'));
    });
    expect(memoryMegabytesOf(pid)).toBeGreaterThan(0);
  } finally {
    parent.kill('SIGKILL');
    await ended;
  }
});

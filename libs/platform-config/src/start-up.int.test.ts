import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'darkroom-config-'));
});
afterEach(() => rm(directory, { recursive: true }));

const program = `
  import { z } from 'zod';
  import { defineSettings, loadSettings, readDotEnv, runOrExplain } from ${JSON.stringify(import.meta.resolve('./index.ts'))};
  const app = defineSettings('App', {
    name: { variable: 'APP_NAME', schema: z.string().min(9), description: 'What it is called.' },
    key: { variable: 'APP_KEY', schema: z.string(), description: 'Its key.', secret: true },
  });
  await runOrExplain(() => {
    if (process.env.APP_CRASH) throw new Error('a bug');
    const settings = loadSettings({ app }, readDotEnv(process.argv[1], process.env));
    process.stdout.write(settings.app.name + ' ' + settings.app.key);
  });
`;

function start(environment: Record<string, string>) {
  return new Promise<{ code: number | string | undefined; stdout: string; stderr: string }>((resolve) => {
    const args = ['--conditions=@darkroom/source', '--input-type=module', '--eval', program, directory];
    const options = { cwd: import.meta.dirname, env: { PATH: process.env['PATH'], ...environment } };
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test('reads .env, and lets the environment win', async () => {
  await writeFile(join(directory, '.env'), 'APP_NAME="from the file"\nAPP_KEY=key-of-file # a comment\n');

  const run = await start({ APP_KEY: 'key-of-environment' });

  expect(run).toEqual({ code: 0, stdout: 'from the file key-of-environment', stderr: '' });
});

test('ends with the plain list of faults and exit code 78, without a stack and without a value', async () => {
  await writeFile(join(directory, '.env'), 'APP_NAME=tooshort\n');

  const run = await start({});

  expect(run.code).toBe(78);
  expect(run.stderr).toContain('APP_NAME is not valid');
  expect(run.stderr).toContain('APP_KEY is not set');
  expect(run.stderr).not.toMatch(/tooshort|\bat .*:\d+:\d+/);
});

test('lets any other error end the process as usual, with its stack', async () => {
  const run = await start({ APP_CRASH: '1' });

  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/Error: a bug\n\s+at /);
});

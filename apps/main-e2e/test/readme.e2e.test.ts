import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callSchema, outputArtifactSchema } from '@darkroom/contract';
import { findFreePort } from '@darkroom/testing';
import { commandsOf, documents, workspaceRoot } from './document-commands.ts';
import { startCommand, type RunningCommand } from './start-command.ts';
import { until } from './until.ts';

const run = promisify(execFile);
const portVariables = [
  'PORT',
  'INTERNAL_PORT',
  'WORKER_PORT',
  'SIMULATOR_PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
  'POSTGRES_PORT',
  'S3_PORT',
];

/** Who runs each command that the documents name, besides the tests below. */
const runElsewhere: Record<string, string> = {
  'npm test': 'CI',
  'npx nx test integrations-nanobanana2': 'the same Nx target in `npm test`',
  'npx nx lint main': 'the same Nx target in `npm test`',
  'npx nx typecheck main': 'the same Nx target in `npm test`',
  'npm run docs': 'the check of the generated documents in `npm test`',
  'npm run bench': 'the smoke test of the benchmarks in `npm test`',
};

describe('the commands of the documents', () => {
  let directory: string;
  let environment: Record<string, string>;
  let port: string;
  let start: RunningCommand | undefined;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'darkroom-readme-'));
    // PostgreSQL, which runs as another user where tests run as root, must be able to enter.
    await chmod(directory, 0o755);
    const ports = await Promise.all(
      portVariables.map(async (variable) => [variable, String(await findFreePort())] as const),
    );
    environment = { ...Object.fromEntries(ports), DARKROOM_DATA_DIR: join(directory, 'data') };
    port = environment['PORT'] as string;
  });

  afterAll(async () => {
    await start?.interrupt();
    await rm(directory, { recursive: true, force: true });
  }, 120_000);

  const readme = commandsOf('README.md').map(({ command }) => command);
  const here = (command: string) => command.replaceAll('localhost:3000', `localhost:${port}`);
  const shell = async (command: string, more: Record<string, string> = {}) =>
    (await run('bash', ['-ec', here(command)], { cwd: directory, env: { ...process.env, ...environment, ...more } }))
      .stdout;
  const darkroom = (name: string) =>
    run('npx', ['darkroom', name], { cwd: workspaceRoot, env: { ...process.env, ...environment } });
  const named = (beginning: string) => readme.find((command) => command.startsWith(beginning)) as string;

  const runHere: string[] = [];
  const ran = (command: string) => {
    runHere.push(command);
    return command;
  };

  test('[P7] `npm start` and the one curl of the README give the first image, without a provider key', async () => {
    start = startCommand(ran('npm start'), environment);
    await start.waitFor('Darkroom is ready', 400);
    const accepted = callSchema.parse(JSON.parse(await shell(ran(named('curl -s localhost:3000/v1/calls -H')))));
    expect(accepted).toMatchObject({ status: 'pending', simulated: true });
    expect(start.output()).toContain(here(named('curl -s localhost:3000/v1/calls -H')));

    const id = { CALL_ID: accepted.id };
    const polled = callSchema.parse(
      JSON.parse(await shell(ran(named('curl -s "localhost:3000/v1/calls/$CALL_ID?wait')), id)),
    );
    const ended = polled.status === 'completed' ? polled : await completed(accepted.urls.self);
    await shell(ran(named('curl -sL -o image.png')), id);
    const [image] = outputArtifactSchema.array().parse(ended.output?.['images']);
    const bytes = await readFile(join(directory, 'image.png'));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(image?.sha256);
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');

    const follow = ran(readme.find((command) => command.startsWith('curl -N')) as string);
    const stream = await shell(`timeout 3 ${follow} || true`, id);
    expect(stream).toContain('event: call.completed');
  }, 500_000);

  test('`npx darkroom status` and `logs` tell what runs, and Ctrl-C ends all of it', async () => {
    expect((await darkroom('status')).stdout).toMatch(/main/);
    ran('npx darkroom status');
    const logs = await run('npx', ['darkroom', 'logs', 'main'], {
      cwd: workspaceRoot,
      env: { ...process.env, ...environment },
    });
    expect(logs.stdout).toContain('workflow_id=');
    ran('npx darkroom logs main');

    await start?.interrupt();
    expect(start?.output()).toContain('Everything that this start had started has stopped.');
    start = undefined;
    expect(await processesIn(directory)).toEqual([]);
  }, 200_000);

  test('`npx nx serve` brings up one middleware for two apps, leaves it running, and `npx darkroom down` stops it', async () => {
    const main = startCommand(ran('npx nx serve main'), environment);
    const worker = startCommand(ran('npx nx serve async-task-worker'), environment);
    try {
      await expectReady(`http://127.0.0.1:${port}/readyz`, main);
      await expectReady(`http://127.0.0.1:${environment['WORKER_PORT']}/readyz`, worker);
      expect(await postgresServersIn(directory)).toHaveLength(1);
    } finally {
      await Promise.all([main.interrupt(), worker.interrupt()]);
    }
    expect(await postgresServersIn(directory)).toHaveLength(1);
    await darkroom('down');
    ran('npx darkroom down');
    expect(await processesIn(directory)).toEqual([]);
  }, 400_000);

  test('every command that a document names is run by a test or by CI', () => {
    const copied = ['cp .env.example .env'];
    const known = new Set([...runHere, ...Object.keys(runElsewhere), ...copied]);
    const unknown = documents()
      .flatMap(commandsOf)
      .filter(({ command }) => !known.has(command));
    expect(unknown).toEqual([]);
  });
});

async function completed(url: string) {
  return until('the first call has ended', async () => {
    const call = callSchema.parse(await (await fetch(url)).json());
    if (call.status === 'failed') throw new Error(`The first call failed: ${JSON.stringify(call.error)}`);
    return call.status === 'completed' && call;
  });
}

async function expectReady(url: string, command: RunningCommand): Promise<void> {
  const isReady = async () => {
    try {
      return (await fetch(url)).ok;
    } catch {
      return false; // nobody listens yet
    }
  };
  await until(`${url} is ready`, isReady, 120).catch((error: Error) => {
    throw new Error(`${error.message} It printed:\n${command.output()}`);
  });
}

/** The processes whose command line or environment names the directory: all that a start in it has started. */
async function processesIn(directory: string): Promise<string[]> {
  const { stdout } = await run('bash', [
    '-c',
    `grep -lsz -F '${directory}' /proc/[0-9]*/environ /proc/[0-9]*/cmdline | cut -d/ -f3 | sort -u`,
  ]);
  const own = new Set([String(process.pid)]);
  const commands = await Promise.all(
    stdout
      .split('\n')
      .filter((pid) => pid !== '' && !own.has(pid))
      .map(async (pid) =>
        (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ').trim(),
      ),
  );
  return commands.filter((command) => command !== '' && !command.includes('grep -lsz'));
}

async function postgresServersIn(directory: string): Promise<string[]> {
  return (await processesIn(directory)).filter((command) => /postgres.* -D /.test(command));
}

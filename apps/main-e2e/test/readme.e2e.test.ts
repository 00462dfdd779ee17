import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callSchema, outputArtifactSchema, streamTokenSchema, uploadSchema } from '@darkroom/contract';
import { controlSimulator, createCallsClient, findFreePort, until } from '@darkroom/testing';
import { commandsOf, documents, workspaceRoot } from './document-commands.ts';
import { expectStoredImage } from './expect-stored-image.ts';
import { inPage, makeImage, untilReady } from './in-page.ts';
import { startCommand, type RunningCommand } from './start-command.ts';

const run = promisify(execFile);
const portVariables = [
  'PORT',
  'INTERNAL_PORT',
  'COMMUNICATION_PORT',
  'COMMUNICATION_INTERNAL_PORT',
  'WORKER_PORT',
  'SIMULATOR_PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
  'POSTGRES_PORT',
  'S3_PORT',
  'WEB_PORT',
];

/** Who runs each command that the documents name, besides the tests below. */
const runElsewhere: Record<string, string> = {
  'npm test': 'CI',
  'npx nx test integrations-nanobanana2': 'the same Nx target in `npm test`',
  'npx nx lint main': 'the same Nx target in `npm test`',
  'npx nx typecheck main': 'the same Nx target in `npm test`',
  'npm run bench': 'the smoke test of the benchmarks in `npm test`',
  'npm run bench -- --only push': 'the smoke test of the benchmarks in `npm test`, with fewer connections',
  'npm run bench -- --only waiting': 'the smoke test of the benchmarks in `npm test`, with fewer calls',
  'npm run test:faults':
    'by hand: the kit of `npm test`, with every kill, for every integration and every kind that is generated',
  'npm run test:faults -- sora veo': 'by hand: the kit of `npm test`, with every kill for two integrations',
  'npm run test:delivery': 'by hand: the delivery test of `npm test`, at its full size',
  'npm run screenshots': 'by hand: the same pages are looked at by the test of how they look, in `npm test`',
  'npm run screenshots -- gallery phone-chinese': 'by hand: the same, of some pages in one look',
  'npx nx g @darkroom/generators:integration acme-video --delivery=poll': "the generators' own test",
  'npx nx test integrations-acme-video': "the generators' own test",
  'npx nx run-many -t lint typecheck test -p integrations-acme-video provider-simulator workspace-checks':
    "the generators' own test",
  'npx darkroom install': 'the first step of `npm test`',
  'npx nx build web': 'the first step of `npm start`',
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
    environment = {
      ...Object.fromEntries(ports),
      DARKROOM_DATA_DIR: join(directory, 'data'),
      LOG_FILE_PATH: join(directory, 'logs', 'app.log'),
    };
    port = environment['PORT'] as string;
  });

  afterAll(async () => {
    await start?.interrupt();
    // Also after a failure in the middle of serving, nothing is left behind.
    await execute('npx darkroom down', workspaceRoot);
    await rm(directory, { recursive: true, force: true });
  });

  const readme = commandsOf('README.md').map(({ command }) => command);
  const here = (command: string) => command.replaceAll('localhost:3000', `localhost:${port}`);
  const execute = async (command: string, workingDirectory: string) => {
    // Nx forces colours, and a reader of the documents has none in a pipe.
    const env = { ...process.env, FORCE_COLOR: '0', ...environment };
    return (await run('bash', ['-ec', here(command)], { cwd: workingDirectory, env })).stdout;
  };
  /** What a command prints that goes on for ever, until it is as wanted. */
  const untilStreamed = async (command: string, isThere: (text: string) => boolean) => {
    const stream = startCommand(here(command), { FORCE_COLOR: '0', ...environment }, directory);
    try {
      return await until(`"${command}" has shown it`, () => isThere(stream.output()) && stream.output());
    } finally {
      await stream.interrupt();
    }
  };
  const named = (beginning: string, commands = readme) =>
    commands.find((command) => command.startsWith(beginning)) ?? `${beginning} is missing`;

  const ranHere = new Set<string>();
  const ran = (command: string) => {
    ranHere.add(command);
    return command;
  };
  const inWorkspace = (command: string) => execute(ran(command), workspaceRoot);
  const asReader = (beginning: string) => execute(ran(named(beginning)), directory);

  test('[P7] `npm start` and the one curl of the README give the first image, without a provider key', async () => {
    start = startCommand(ran('npm start'), environment);
    await start.waitFor('Darkroom is ready', 400);
    const firstCurl = named('curl -s localhost:3000/v1/calls -H');
    expect(start.output()).toContain(here(firstCurl));
    const accepted = callSchema.parse(JSON.parse(await execute(ran(firstCurl), directory)));
    expect(accepted).toMatchObject({ status: 'pending', simulated: true });
    const ended = await completed(accepted.urls.self);
    await expectStoredImage(ended);
  }, 500_000);

  test('`npm start` prints the address of the web page, in which an image is made', async () => {
    expect(start?.output()).toContain(`Open http://localhost:${port} and make your first image`);
    await inPage(`http://localhost:${port}`, async (page) => {
      await untilReady(page);
      await makeImage(page, 'a lighthouse in a browser');
    });
  });

  test('the next commands of the README wait for an image, fetch its file, and tell what happened', async () => {
    await asReader("curl -s localhost:3000/v1/calls -H 'content-type: application/json' -H 'prefer");
    await asReader('curl -sL -o image.png');
    const call = callSchema.parse(JSON.parse(await readFile(join(directory, 'call.json'), 'utf8')));
    const [image] = outputArtifactSchema.array().parse(call.output?.['images']);
    const bytes = await readFile(join(directory, 'image.png'));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(image?.sha256);
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');

    const isEnd = (event: string) => event.includes('event: call.completed\n') && event.includes(call.id);
    const ends = (events: string) => events.split('\n\n').filter(isEnd);
    const events = await untilStreamed(ran(named('curl -sN')), (text) => ends(text).length > 0);
    expect(ends(events)).toHaveLength(1);
  });

  test('the checks of the guide on callbacks show that callbacks arrive, and its upload becomes part of a call', async () => {
    const guide = commandsOf('docs/guides/callbacks.md').map(({ command }) => command);
    const inGuide = (beginning: string) => execute(ran(named(beginning, guide)), directory);
    environment['PUBLIC_BASE_URL'] = `http://127.0.0.1:${port}`;
    expect(JSON.parse(await inGuide('curl -s "$PUBLIC_BASE_URL/healthz"'))).toEqual({ status: 'ok' });
    expect(await inGuide('curl -s "$PUBLIC_BASE_URL/callbacks')).toContain('"code":"not_found"');
    delete environment['PUBLIC_BASE_URL'];
    expect(await inWorkspace('npx darkroom logs main')).toContain('callback with an unknown token');

    await inGuide('curl -s localhost:3000/v1/uploads');
    uploadSchema.parse(JSON.parse(await readFile(join(directory, 'upload.json'), 'utf8')));
    const call = callSchema.parse(JSON.parse(await inGuide('curl -s localhost:3000/v1/calls')));
    await expectStoredImage(await completed(call.urls.self));
  });

  test('the guide on access says who is asking, and gets a token for a stream', async () => {
    const guide = commandsOf('docs/guides/access.md').map(({ command }) => command);
    const inGuide = async (beginning: string): Promise<unknown> =>
      JSON.parse(await execute(ran(named(beginning, guide)), directory));
    expect(await inGuide('curl -s localhost:3000/v1/session')).toEqual({
      accountId: 'default',
      signedInBy: 'local',
      uploads: { maxImageBytes: 30 * 1024 * 1024, maxVideoBytes: 200 * 1024 * 1024 },
      workflowsUrl: `http://localhost:${environment['TEMPORAL_UI_PORT']}/namespaces/default/workflows/`,
    });
    expect(streamTokenSchema.parse(await inGuide('curl -s localhost:3000/v1/tokens')).subject).toBe('account');
  });

  test('[P4] the commands of the guide on push show what happens, as server-sent events and over a WebSocket', async () => {
    const guide = commandsOf('docs/guides/push.md').map(({ command }) => command);
    const inGuide = (beginning: string) => ran(named(beginning, guide));
    await execute(inGuide('curl -s localhost:3000/v1/tokens'), directory);
    const events = await untilStreamed(inGuide('curl -sN'), (text) => text.includes('event: call.completed'));
    expect(events).toMatch(/^retry: 2000\n\nid: 1\nevent: call.accepted\n/);
    expect(events).toContain('event: call.completed');

    const text = await readFile(join(workspaceRoot, 'docs/guides/push.md'), 'utf8');
    const script = /```js\n\/\/ watch\.mjs\n([^]*?)```/.exec(text)?.[1] ?? '';
    await writeFile(join(directory, 'watch.mjs'), here(script));
    const seen = (await execute(inGuide('node watch.mjs'), directory)).trim().split('\n');
    const sequences = seen.map((line) => Number(line.split(' ')[0]));
    expect(seen[0]).toMatch(/ call\.accepted$/);
    expect(seen.at(-1)).toMatch(/ call\.completed$/);
    expect(sequences).toEqual([...new Set(sequences)].sort((one, other) => one - other));
  });

  test('the promised greps find a failed call in the log file', async () => {
    const control = controlSimulator(`http://127.0.0.1:${environment['SIMULATOR_PORT']}`);
    await control.plan({ match: 'refused on purpose', fault: { kind: 'bad_request' } });
    const calls = createCallsClient(`http://localhost:${port}`);
    const { id, workflowId } = await calls.waitForEnd((await calls.submit({ prompt: 'refused on purpose' })).id);

    expect(await execute('grep "ERROR" logs/app.log', directory)).toContain(`call_id=${id}`);
    const told = await execute(`grep "workflow_id=${workflowId}" logs/app.log`, directory);
    expect(told).toMatch(/ main .*call processing/);
    expect(told).toMatch(/ async-task-worker /);
    expect(told).toMatch(/ main .*call failed/);
  });

  test('`npx darkroom status` and `logs` tell what runs, and Ctrl-C ends all of it', async () => {
    expect(await inWorkspace('npx darkroom status')).toMatch(/main/);
    expect(await inWorkspace('npx darkroom logs main')).toContain('workflow_id=');

    await start?.interrupt();
    const lastWords = 'Everything that this start had started has stopped.';
    await until(`it says "${lastWords}"`, () => start?.output().includes(lastWords));
    start = undefined;
    expect(await processesIn(directory)).toEqual([]);
  });

  test('serving brings up one middleware for all apps, leaves it running, and `npx darkroom down` stops it', async () => {
    const served = [
      {
        workers: 'npx nx serve async-task-worker',
        // The page asks `main` for what it does not know itself, its readiness as well.
        others: { 'npx nx serve communication': 'COMMUNICATION_PORT', 'npx nx serve web': 'WEB_PORT' },
        use: () => inPage(`http://localhost:${environment['WEB_PORT']}`, untilReady),
      },
      { workers: 'npm run dev:async-task', others: {}, use: () => Promise.resolve() },
    ];
    for (const { workers, others, use } of served) {
      const main = startCommand(ran('npx nx serve main'), environment);
      const worker = startCommand(ran(workers), environment);
      const beside = Object.entries(others).map(
        ([command, variable]) => [startCommand(ran(command), environment), variable] as const,
      );
      try {
        await expectReady(`http://127.0.0.1:${port}/readyz`, main);
        await expectReady(`http://127.0.0.1:${environment['WORKER_PORT']}/readyz`, worker);
        for (const [command, variable] of beside)
          await expectReady(`http://localhost:${environment[variable]}/readyz`, command);
        await use();
        expect(await postgresServersIn(directory)).toHaveLength(1);
      } finally {
        await Promise.all([main, worker, ...beside.map(([command]) => command)].map((command) => command.interrupt()));
      }
      expect(await postgresServersIn(directory)).toHaveLength(1);
    }
    await inWorkspace('npx darkroom down');
    expect(await processesIn(directory)).toEqual([]);
  });

  test('the example of an .env can be copied, and the generated documents are current', async () => {
    await copyFile(join(workspaceRoot, '.env.example'), join(directory, '.env.example'));
    await asReader('cp .env.example .env');
    expect(await readFile(join(directory, '.env'), 'utf8')).toContain('NANOBANANA2_EXTERNAL_API_KEY');
    await execute(`${ran('npm run docs')} -- --check`, workspaceRoot);
  });

  test('every command that a document names is run by a test or by CI', () => {
    // operations, batches and notified-people.e2e.test.ts run each of these.
    const ofGuides = ['operations', 'requests', 'batches', 'notifications', 'async-tasks']
      .map((name) => `docs/guides/${name}.md`)
      .flatMap(commandsOf)
      .map(({ command }) => command);
    const known = new Set([...ranHere, ...Object.keys(runElsewhere), ...ofGuides]);
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

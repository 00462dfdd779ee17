import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findFreePort } from '../src/ports/free-port.ts';
import { commandLineOf, readProcFile } from '../src/process/process-identity.ts';
import { startManagedProcess, type ManagedProcess } from '../src/process/managed-process.ts';
import type { ProcessRecord } from '../src/process/process-record.ts';
import { waitUntil } from '../src/process/wait-until.ts';
import type { ComponentStatus } from '../src/supervisor/messages.ts';

export interface FixtureCheckout {
  readonly root: string;
  readonly ports: { readonly postgres: number; readonly service: number };
  /** Runs the `darkroom` command to its end. */
  run(args: readonly string[], environment?: Record<string, string>): Promise<{ code: number | null; output: string }>;
  /** Starts the `darkroom` command and leaves it running. */
  launch(args: readonly string[], environment?: Record<string, string>): Promise<RunningCommand>;
  status(): Promise<Record<string, ComponentStatus>>;
  /** What the fixture service has noted: its starts and the signals that it got. */
  journal(): string[];
  /** Every process of this checkout: each has its path among its arguments. */
  processes(): string[];
  /** How many PostgreSQL servers run. What a server has just forked looks like it for a moment, and is none. */
  countPostgresServers(): number;
  /** Of the supervisor that has started PostgreSQL: others come for a moment, and leave when they find its lock. */
  supervisorPid(): number;
  /** Waits until no process of this checkout is left. Rejects with those that stay. */
  untilGone(): Promise<void>;
  /** Brings everything down, and removes the files. */
  remove(): Promise<void>;
}

export interface RunningCommand extends ManagedProcess {
  output(): string;
  waitFor(text: string): Promise<void>;
}

const packageDirectory = resolve(import.meta.dirname, '..');
const workspaceRoot = resolve(packageDirectory, '../..');

/** A checkout with PostgreSQL and a small service that needs it, described by a deploy file of its own. */
export async function createFixtureCheckout(): Promise<FixtureCheckout> {
  const root = mkdtempSync(join(tmpdir(), 'darkroom-checkout-'));
  chmodSync(root, 0o755);
  mkdirSync(join(root, 'deploy'));
  symlinkSync(join(workspaceRoot, 'node_modules'), join(root, 'node_modules'));
  copyFileSync(join(import.meta.dirname, 'fixture-service.mjs'), join(root, 'service.mjs'));
  const ports = { postgres: await findFreePort(), service: await findFreePort() };
  const deployFile = join(root, 'deploy', 'deploy.json');
  writeFileSync(deployFile, JSON.stringify(fixtureDeployFile(ports)));
  let commands = 0;
  const launched: RunningCommand[] = [];

  const launch = async (args: readonly string[], environment: Record<string, string> = {}): Promise<RunningCommand> => {
    const { PATH, HOME, DARKROOM_CACHE_DIR } = process.env;
    const name = `command-${++commands}`;
    const logFile = join(root, `${name}.log`);
    const running = await startManagedProcess(
      {
        command: process.execPath,
        args: [join(packageDirectory, 'bin/darkroom.mjs'), '--file', deployFile, ...args],
        environment: { PATH, HOME, DARKROOM_CACHE_DIR, ...environment },
        workingDirectory: root,
      },
      { name, logFile, recordFile: join(root, `${name}.json`), ownGroup: true },
    );
    const output = () => readFileSync(logFile, 'utf8');
    const command: RunningCommand = {
      ...running,
      output,
      waitFor: async (text) => {
        const appeared = () => output().includes(text) || !running.isRunning();
        await waitUntil(appeared, { timeoutMilliseconds: 30_000 });
        if (!output().includes(text)) throw new Error(`"${text}" was not printed:\n${output()}`);
      },
    };
    launched.push(command);
    return command;
  };
  const run: FixtureCheckout['run'] = async (args, environment) => {
    const running = await launch(args, environment);
    const { code } = await running.exited;
    return { code, output: running.output() };
  };
  const processes = () => processesOf(root).map(({ commandLine }) => commandLine);

  return {
    ...{ root, ports, run, launch, processes },
    countPostgresServers: () => {
      const pids = processesOf(root).flatMap(({ pid, commandLine }) =>
        commandLine.includes('/bin/postgres -D') ? [pid] : [],
      );
      return pids.filter((pid) => !pids.includes(parentOf(pid) ?? pid)).length;
    },
    status: async () => {
      const { output } = await run(['status', '--json']);
      return Object.fromEntries(
        (JSON.parse(output) as ComponentStatus[]).map((component) => [component.name, component]),
      );
    },
    journal: () => {
      const path = join(root, '.darkroom', 'journal');
      return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
    },
    supervisorPid: () => {
      const record = readFileSync(join(root, '.darkroom', 'run', 'postgres.json'), 'utf8');
      return (JSON.parse(record) as ProcessRecord).owner.pid;
    },
    untilGone: async () => {
      if (await waitUntil(() => processes().length === 0, { timeoutMilliseconds: 30_000 })) return;
      throw new Error(`These still run:\n${processes().join('\n')}`);
    },
    remove: async () => {
      await Promise.all(launched.map((command) => command.stop()));
      const { code, output } = await run(['down']);
      if (code !== 0) throw new Error(output);
      rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function processesOf(root: string): { pid: number; commandLine: string }[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .map((pid) => ({ pid: Number(pid), commandLine: commandLineOf(Number(pid)) ?? '' }))
    .filter(({ commandLine }) => commandLine.includes(root));
}

/** Nothing where the process has ended. */
function parentOf(pid: number): number | undefined {
  const stat = readProcFile(`/proc/${pid}/stat`);
  // The command name in parentheses may hold spaces (proc(5)).
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function fixtureDeployFile(ports: FixtureCheckout['ports']): object {
  const command = ['node', '${ROOT}/service.mjs'];
  return {
    middleware: {
      postgres: {
        driver: join(packageDirectory, 'src/middleware/postgres/postgres.driver.ts'),
        ports: { sql: { variable: 'POSTGRES_PORT', default: ports.postgres } },
        settings: {
          userName: 'darkroom',
          password: '${SECRET:postgres-password}',
          database: 'darkroom',
          parameters: { fsync: 'off' },
        },
        replacedBy: ['DATABASE_URL'],
      },
    },
    services: {
      fixture: {
        workingDirectory: '.',
        command,
        watchCommand: ['node', '--watch', '${ROOT}/service.mjs'],
        ports: { http: { variable: 'FIXTURE_PORT', default: ports.service } },
        environment: { FIXTURE_PORT: '${FIXTURE_PORT}', FIXTURE_JOURNAL: '${DATA_DIRECTORY}/journal' },
        ready: { port: 'http', path: '/readyz' },
        addresses: { Fixture: 'http://localhost:${FIXTURE_PORT}' },
        dependsOn: ['postgres'],
        readySeconds: 30,
      },
    },
    firstSteps: ['Try: curl localhost:${FIXTURE_PORT}'],
  };
}

import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { startManagedProcess, untilReady, waitUntil, type ManagedProcess } from '@darkroom/deploy-tool';
import { watchForLeak } from './leaked-processes.ts';
import { claimTestDirectory, type TestDirectory } from './test-directory.ts';

export interface ServiceOptions {
  readonly name: string;
  /** The file to run, from the workspace's root: `apps/main/src/server.ts`. */
  readonly entry: string;
  /** The whole environment, beside PATH, HOME, TMPDIR and a compile cache: a test depends on nothing that its shell happens to hold. */
  readonly env: Record<string, string>;
  /** Where it listens on loopback. */
  readonly port: number;
  /** What answers 200 when it is ready. Default: `/readyz`. */
  readonly readyPath?: string;
  /** How long a stop may take before the process is killed. Default: 30 s. */
  readonly stopSeconds?: number;
}

export interface ServiceExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface TestService {
  readonly name: string;
  readonly pid: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly exited: Promise<ServiceExit>;
  /** Resolves when the ready path answers 200; rejects with the last log lines where the process ends or takes too long (50 s). */
  waitUntilReady(timeoutSeconds?: number): Promise<void>;
  isRunning(): boolean;
  /** Sends a signal, waits for nothing. */
  signal(signal: NodeJS.Signals): void;
  /** Sends a signal (SIGKILL) and waits until the process has ended. */
  kill(signal?: NodeJS.Signals): Promise<ServiceExit>;
  /** SIGTERM, and waits until the process has ended. */
  stop(): Promise<ServiceExit>;
  /** All that it has printed so far. */
  logs(): string;
  /** Rejects with all that it has printed where it does not print that in time (50 s). */
  waitForLog(pattern: string | RegExp, timeoutSeconds?: number): Promise<void>;
}

const workspaceRoot = resolve(import.meta.dirname, '../../../..');
/** Where Node.js keeps what it has compiled: half of what an app takes to start. Every entry is of one content of its file. */
const compileCache = join(workspaceRoot, 'node_modules/.cache/darkroom-compiled');

/** Starts an app of the workspace from its sources, as a process of its own that a test may kill. */
export async function startService(options: ServiceOptions): Promise<TestService> {
  const { name, port, readyPath = '/readyz' } = options;
  const directory = await claimTestDirectory();
  const logFile = join(directory.path, `${name}.log`);
  const running = watchForLeak(await launch(options, directory, logFile));
  const log = openLog(logFile, directory);
  const { logs } = log;
  const url = `http://127.0.0.1:${port}`;
  const keepLogs = async () => {
    const exit = await running.exited;
    log.close();
    return exit;
  };

  return {
    name,
    pid: running.pid,
    url,
    exited: running.exited,
    isRunning: () => running.isRunning(),
    signal: (signal) => running.signal(signal),
    kill: (signal = 'SIGKILL') => {
      running.signal(signal);
      return keepLogs();
    },
    stop: () => running.stop().then(keepLogs),
    logs,
    waitUntilReady: (timeoutSeconds = 50) =>
      untilReady(running, () => expectOk(`${url}${readyPath}`), {
        readySeconds: timeoutSeconds,
        abortSignal: new AbortController().signal,
      }),
    waitForLog: async (pattern, timeoutSeconds = 50) => {
      const isThere = () => (typeof pattern === 'string' ? logs().includes(pattern) : pattern.test(logs()));
      if (await waitUntil(isThere, { timeoutMilliseconds: timeoutSeconds * 1000 })) return;
      throw new Error(`${name} did not print ${String(pattern)} within ${timeoutSeconds} s. It printed:\n${logs()}`);
    },
  };
}

function launch(
  { name, entry, env, stopSeconds = 30 }: ServiceOptions,
  directory: TestDirectory,
  logFile: string,
): Promise<ManagedProcess> {
  const { PATH, HOME, TMPDIR } = process.env;
  const entryPath = join(workspaceRoot, entry);
  return startManagedProcess(
    {
      command: process.execPath,
      args: ['--conditions=@darkroom/source', '--disable-warning=ExperimentalWarning', entryPath],
      workingDirectory: dirname(dirname(entryPath)),
      environment: { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE: compileCache, ...env },
      stopSeconds,
    },
    { name, logFile, recordFile: join(directory.path, 'run', `${name}.json`), ownGroup: false },
  );
}

/** What was printed can still be read after the file has been removed. */
function openLog(logFile: string, directory: TestDirectory): { logs: () => string; close: () => void } {
  let closed: string | undefined;
  const logs = () => closed ?? readFileSync(logFile, 'utf8');
  return {
    logs,
    close: () => {
      closed = logs();
      directory.remove();
    },
  };
}

async function expectOk(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  const body = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${body.slice(0, 500)}`);
}

import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DeploymentError } from '../deployment/deployment-error.ts';
import { lastLines } from '../process/last-lines.ts';
import { withProgress } from '../progress/report-progress.ts';
import { socketPath } from '../supervisor/socket-path.ts';

export interface SupervisorPlace {
  readonly dataDirectory: string;
  readonly deployFile: string;
  readonly environment: NodeJS.ProcessEnv;
}

const patienceMilliseconds = 60_000;
const retrySpawnMilliseconds = 2000;

/** Connects to the supervisor of the checkout, starting one where none runs. */
export async function connectOrStartSupervisor(place: SupervisorPlace): Promise<Socket> {
  const deadline = performance.now() + patienceMilliseconds;
  let spawnedAt = -Infinity;
  return withProgress(tell, 'waiting for the supervisor of this checkout', async () => {
    for (;;) {
      const socket = await connectSupervisor(place.dataDirectory);
      if (socket !== undefined) return socket;
      // Another one may have been leaving just then and still hold the lock, so one attempt is not enough.
      if (performance.now() - spawnedAt > retrySpawnMilliseconds) {
        spawnSupervisor(place);
        spawnedAt = performance.now();
      }
      if (performance.now() > deadline) throw new DeploymentError(explainSilence(place.dataDirectory));
      await delay(50);
    }
  });
}

/** Connects to the supervisor, or answers nothing where none runs. */
export function connectSupervisor(dataDirectory: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath(dataDirectory));
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET') resolve(undefined);
      else reject(error);
    });
  });
}

function spawnSupervisor({ dataDirectory, deployFile, environment }: SupervisorPlace): void {
  mkdirSync(join(dataDirectory, 'logs'), { recursive: true });
  const log = openSync(logFile(dataDirectory), 'a');
  const entry = join(import.meta.dirname, '../supervisor/supervisor-process.ts');
  // A shell that ends at once stands between: Nx stops what it serves by walking down the tree of processes, and a supervisor
  // that were this process's child would be stopped with it.
  const child = spawn(
    'sh',
    [
      '-c',
      '"$@" &',
      'sh',
      process.execPath,
      '--conditions=@darkroom/source',
      '--disable-warning=ExperimentalWarning',
      entry,
      dataDirectory,
      deployFile,
    ],
    {
      detached: true,
      stdio: ['ignore', log, log],
      cwd: dataDirectory,
      env: { ...environment, NODE_OPTIONS: '', NODE_USE_ENV_PROXY: '1' },
    },
  );
  child.unref();
  closeSync(log);
}

function explainSilence(dataDirectory: string): string {
  return [
    `The supervisor of this checkout does not answer. What it printed last (${logFile(dataDirectory)}):`,
    ...lastLines(logFile(dataDirectory), 10).map((line) => `  ${line}`),
  ].join('\n');
}

function logFile(dataDirectory: string): string {
  return join(dataDirectory, 'logs', 'supervisor.log');
}

function tell(step: string): void {
  process.stderr.write(`${step}\n`);
}
